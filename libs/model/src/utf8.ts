/**
 * UTF-8 without the platform's TextEncoder/TextDecoder: the vocabulary and the engine use neither Node nor the DOM,
 * and TextDecoder refuses shared memory in some runtimes. Lone surrogates become U+FFFD, as in the WHATWG encoder.
 */
export function encodeUtf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code >= 0xd800 && code <= 0xdfff) bytes.push(0xef, 0xbf, 0xbd);
    else if (code < 0x10000)
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return bytes;
}

/** Decodes well-formed UTF-8 (what `encodeUtf8` wrote) between two byte offsets. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  let i = start;
  // Nearly all text is ASCII: eight at a time, as long as none of them is more than a byte.
  for (; i + 8 <= end; i += 8) {
    const a = bytes[i]!;
    const b = bytes[i + 1]!;
    const c = bytes[i + 2]!;
    const d = bytes[i + 3]!;
    const e = bytes[i + 4]!;
    const f = bytes[i + 5]!;
    const g = bytes[i + 6]!;
    const h = bytes[i + 7]!;
    if ((a | b | c | d | e | f | g | h) >= 0x80) break;
    text += String.fromCharCode(a, b, c, d, e, f, g, h);
  }
  while (i < end) {
    const first = bytes[i++]!;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const second = bytes[i++]! & 63;
    if (first < 0xe0) {
      text += String.fromCharCode(((first & 31) << 6) | second);
      continue;
    }
    const third = bytes[i++]! & 63;
    if (first < 0xf0) {
      text += String.fromCharCode(((first & 15) << 12) | (second << 6) | third);
      continue;
    }
    const fourth = bytes[i++]! & 63;
    text += String.fromCodePoint(((first & 7) << 18) | (second << 12) | (third << 6) | fourth);
  }
  return text;
}
