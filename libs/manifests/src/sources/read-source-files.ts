import type { ManifestLimits } from '../limits.js';
import type { ManifestSource } from '../manifest-source.js';
import { SourceFailure } from './damage.js';
import { inputFiles } from './input-files.js';
import { UploadBudget } from './upload-budget.js';

/**
 * The bytes of some files of a source, by the paths that problems and places name; null where several have the path. Of a file longer
 * than `maxBytes` a little more than that.
 * @throws what `chunks` of the source throws.
 */
export async function readSourceFiles(
  source: ManifestSource,
  wanted: ReadonlySet<string>,
  maxBytes: number,
  limits: ManifestLimits,
): Promise<Map<string, Uint8Array | null>> {
  const found = new Map<string, Uint8Array | null>();
  try {
    for await (const file of inputFiles(source, new UploadBudget(limits))) {
      if (file.kind !== 'text') continue;
      // What is not wanted has to be passed over all the same.
      const content = await contentOf(file.chunks, wanted.has(file.path) ? maxBytes : -1);
      if (!wanted.has(file.path)) continue;
      found.set(file.path, found.has(file.path) || !file.isWhole() ? null : content);
    }
  } catch (error) {
    throw error instanceof SourceFailure ? error.cause : error;
  }
  return found;
}

async function contentOf(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    // Chunks may be written over when the next one is read.
    if (length <= maxBytes) kept.push(Uint8Array.from(chunk));
    length += chunk.byteLength;
  }
  return Buffer.concat(kept);
}
