import { randomUUID } from 'node:crypto';

/** A part of a form. */
export interface Part {
  readonly name: string;
  /** Null = a field and no file. */
  readonly fileName: string | null;
  readonly type: string;
  readonly content: Uint8Array | string;
}

/** Parts as multipart/form-data (RFC 7578), in their order. Names are our own, so nothing in them has to be escaped. */
export function multipart(parts: readonly Part[]): { type: string; body: Buffer } {
  const boundary = `portolan-${randomUUID()}`;
  const pieces = parts.flatMap(({ name, fileName, type, content }) => [
    Buffer.from(
      [
        `--${boundary}`,
        `Content-Disposition: form-data; name="${name}"${fileName === null ? '' : `; filename="${fileName}"`}`,
        `Content-Type: ${type}`,
        '',
        '',
      ].join('\r\n'),
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
  };
}
