import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pack } from 'tar-stream';

/** A file of an archive; `content` null = something that is not followed, such as a link, so that its reader can say so. */
export interface PackedFile {
  readonly path: string;
  readonly content: Uint8Array | null;
}

/** A tar.gz with these files in their order. Equal files give equal bytes. */
export async function packFiles(files: Iterable<PackedFile>): Promise<Buffer> {
  const archive = pack();
  const chunks: Buffer[] = [];
  const reading = (async () => {
    for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  })();
  for (const { path, content } of files) {
    const header = { name: path, mtime: EPOCH };
    if (content === null) archive.entry({ ...header, type: 'symlink', linkname: '.' });
    else archive.entry(header, Buffer.from(content));
  }
  archive.finalize();
  await reading;
  return compress(Buffer.concat(chunks));
}

const EPOCH = new Date(0);
const compress = promisify(gzip);
