import type { ManifestSource } from '../manifest-source.js';
import { Damage, watched } from './damage.js';
import { gunzipped } from './gunzip.js';
import type { InputFile } from './input-file.js';
import { isTar, tarFiles } from './tar-files.js';
import type { UploadBudget } from './upload-budget.js';

/** The path that problems of an archive as a whole are reported under. */
const ARCHIVE_PATH = 'archive';
/** Bytes that tell a format: a tar header is one block. */
const HEAD_BYTES = 512;

/**
 * The files of an upload in their order. Archives are told apart from text by their bytes.
 * @throws SourceFailure when `chunks` fails (the upload broke off); damaged archives are problems.
 */
export async function* inputFiles(
  source: ManifestSource,
  budget: UploadBudget,
): AsyncGenerator<InputFile> {
  switch (source.kind) {
    case 'files':
      for (const { path, content, reading } of source.files) {
        budget.files++;
        if (budget.excess !== null) return;
        const chunks = budget.counted(once(content));
        yield { kind: 'text', path, chunks, isWhole: () => true, reading };
      }
      return;
    case 'stream':
      yield* streamFiles(source.path, source.chunks, budget, false);
      return;
    case 'tarGz':
      yield* streamFiles(ARCHIVE_PATH, source.chunks, budget, true);
      return;
  }
}

async function* streamFiles(
  path: string,
  source: AsyncIterable<Uint8Array>,
  budget: UploadBudget,
  isArchive: boolean,
): AsyncGenerator<InputFile> {
  const damage = new Damage();
  const packed = await withHead(watched(source));
  const isGzip = packed.head[0] === 0x1f && packed.head[1] === 0x8b;
  const unpacked = isGzip ? damage.until(gunzipped(packed.chunks)) : packed.chunks;
  const { head, chunks } = await withHead(budget.counted(unpacked));
  if (isTar(head)) {
    yield* tarFiles(chunks, damage, budget);
  } else if (isArchive) {
    // An archive of nothing is blocks of zeros.
    damage.isFound ||= head.some((byte) => byte !== 0);
  } else {
    budget.files++;
    const name = isGzip ? path.replace(/\.gz$/, '') : path;
    yield { kind: 'text', path: name, chunks, isWhole: () => !damage.isFound };
  }
  if (damage.isFound && budget.excess === null) {
    const message = 'not an archive, or damaged, or it ends early';
    yield { kind: 'problem', path, code: 'ARCHIVE_DAMAGED', message };
  }
}

/** The first bytes, and all bytes including them. */
async function withHead(
  source: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; chunks: AsyncIterable<Uint8Array> }> {
  const iterator = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done === true) break;
    seen.push(next.value);
    length += next.value.byteLength;
  }
  const rest: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => iterator };
  return { head: Buffer.concat(seen).subarray(0, HEAD_BYTES), chunks: chained(seen, rest) };
}

async function* chained(
  first: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* rest;
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(content);
}
