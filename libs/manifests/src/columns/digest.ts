import { createHash, type Hash } from 'node:crypto';

/** SHA-256 (hexadecimal) over lines of JSON. Never makes one text of them all: it might be longer than a text can be. */
export function digestOf(lines: readonly unknown[]): string {
  const hash = createHash('sha256');
  for (const line of lines) {
    addJson(line, hash);
    hash.update('\n');
  }
  return hash.digest('hex');
}

/** As `JSON.stringify` writes it. */
function addJson(value: unknown, hash: Hash): void {
  if (!Array.isArray(value)) {
    hash.update(JSON.stringify(value));
    return;
  }
  hash.update('[');
  for (const [i, element] of value.entries()) {
    if (i > 0) hash.update(',');
    addJson(element, hash);
  }
  hash.update(']');
}
