import { createHash } from 'node:crypto';
import type { StoredBlock } from '@portolan/model';

/** Names a block by its content. */
export function storedBlock(bytes: Uint8Array): StoredBlock {
  return { hash: sha256(bytes), bytes };
}

/** SHA-256 in hexadecimal. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
