import { createHash } from 'node:crypto';
import type { StoredBlock } from '@portolan/model';

/** Names a block by its content. */
export function storedBlock(bytes: Uint8Array): StoredBlock {
  return { hash: createHash('sha256').update(bytes).digest('hex'), bytes };
}
