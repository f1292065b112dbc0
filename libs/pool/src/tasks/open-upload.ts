import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ManifestSource } from '@portolan/manifests';
import type { UploadSource } from '../upload-source.js';

/** Bytes of a spooled upload that are read at once. */
const READ_BYTES = 256 * 1024;

/** Bytes of an upload, as it lies there. */
export async function sizeOf(upload: UploadSource): Promise<number> {
  if (upload.kind !== 'files') return (await stat(upload.path)).size;
  return upload.files.reduce((total, { content }) => total + content.byteLength, 0);
}

/** An upload as manifests. `onRead` is told how many bytes of a spooled file have been read. */
export function openUpload(
  upload: UploadSource,
  onRead: (bytes: number) => void = () => undefined,
): ManifestSource {
  switch (upload.kind) {
    case 'files':
      return upload;
    case 'file':
      return { kind: 'stream', path: upload.name, chunks: readFile(upload.path, onRead) };
    case 'tarGzFile':
      return { kind: 'tarGz', chunks: readFile(upload.path, onRead) };
  }
}

async function* readFile(
  path: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: READ_BYTES });
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    onRead(bytes);
    yield chunk;
  }
}
