import { Inject, Injectable } from '@nestjs/common';
import { invariant } from '@portolan/model';
import type { UploadedFile, UploadSource } from '@portolan/pool';
import { UploadRepository } from '@portolan/store';
import { Spool } from './spool.js';
import type { StoredUpload } from './stored-upload.js';

/** An upload on the machine of the worker that reads it. */
export interface UploadCopy {
  readonly source: UploadSource;
  readonly release: () => Promise<void>;
}

/** Copies uploads out of the database for the threads, which read files. */
@Injectable()
export class UploadCopies {
  constructor(
    @Inject(UploadRepository) private readonly uploads: UploadRepository,
    @Inject(Spool) private readonly spool: Spool,
  ) {}

  async copy(upload: StoredUpload): Promise<UploadCopy> {
    if (upload.kind === 'files') {
      const files = await this.#files(upload);
      return { source: { kind: 'files', files }, release: () => Promise.resolve() };
    }
    const path = await this.spool.write(this.#whole(upload));
    return {
      source:
        upload.kind === 'file'
          ? { kind: 'file', path, name: upload.name }
          : { kind: 'tarGzFile', path },
      release: () => this.spool.remove(path),
    };
  }

  async #files(upload: Extract<StoredUpload, { kind: 'files' }>): Promise<UploadedFile[]> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.#whole(upload)) chunks.push(chunk);
    const all = Buffer.concat(chunks);
    let start = 0;
    return upload.files.map(({ path, bytes }) => {
      const content = all.subarray(start, start + bytes);
      start += bytes;
      return { path, content };
    });
  }

  /** Half an upload would be another cluster. */
  async *#whole({ id, bytes }: StoredUpload): AsyncGenerator<Buffer> {
    let read = 0;
    for await (const chunk of this.uploads.read(id)) {
      read += chunk.byteLength;
      yield chunk;
    }
    invariant(read === bytes, `the upload ${id} has ${read} of ${bytes} bytes`);
  }
}
