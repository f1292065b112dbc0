import { createHash } from 'node:crypto';

/** SHA-256 (hexadecimal) of plain data. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
