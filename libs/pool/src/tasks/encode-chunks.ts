/** Text is handed on when this much has come together: about 64 KiB, as most of it is ASCII. */
const CHUNK_CHARACTERS = 64 * 1024;

/** The UTF-8 bytes of a text that comes in pieces, in chunks that own their memory. */
export function* encodeChunks(texts: Iterable<string>): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let pending = '';
  for (const text of texts) {
    pending += text;
    if (pending.length < CHUNK_CHARACTERS) continue;
    yield encoder.encode(pending);
    pending = '';
  }
  if (pending !== '') yield encoder.encode(pending);
}
