import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type PackedFile, packFiles } from '@portolan/client';
import type { OpenInput } from '../input/open-input.js';

/** Input as a tar.gz, with the paths that reports show. Links that were not followed are in it as such. */
export async function packInput({ source, notes }: OpenInput): Promise<Buffer> {
  if (source.kind === 'files') {
    const links = notes.map(({ location }): PackedFile => ({ path: location.path, content: null }));
    return packFiles([...source.files, ...links]);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks) chunks.push(chunk);
  const content = Buffer.concat(chunks);
  if (isGzip(content)) return content;
  if (isTar(content)) return promisify(gzip)(content);
  const path = source.kind === 'stream' ? source.path : 'input';
  return packFiles([{ path: /\.(?:ya?ml|json)$/i.test(path) ? path : `${path}.yaml`, content }]);
}

function isGzip(content: Buffer): boolean {
  return content[0] === 0x1f && content[1] === 0x8b;
}

/** The mark of POSIX and GNU archives is at the same place. */
function isTar(content: Buffer): boolean {
  return content.subarray(257, 262).toString('latin1') === 'ustar';
}
