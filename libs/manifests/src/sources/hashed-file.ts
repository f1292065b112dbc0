import { createHash } from 'node:crypto';
import type { LayerTally } from '../manifest-layer.js';
import type { InputFile } from './input-file.js';

/** The same file; when it has been read, the tally knows its hash. */
export function hashedFile(file: InputFile, { files }: Pick<LayerTally, 'files'>): InputFile {
  if (file.kind !== 'text') return file;
  const { path, chunks } = file;
  return { ...file, chunks: hashed(chunks, (hash) => files.set(path, hash)) };
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  onEnd: (hash: string) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  onEnd(hash.digest('hex'));
}
