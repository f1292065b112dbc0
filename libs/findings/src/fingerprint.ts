import { createHash } from 'node:crypto';
import type { Finding } from '@portolan/model';

/**
 * What names a finding of one object from snapshot to snapshot: SHA-256 (hexadecimal) of rule, object and key, so it stays
 * the same when files are renamed or their documents change places. `object`: `NetworkPolicy shop/web`.
 */
export function fingerprintOf(
  { rule, key }: Pick<Finding, 'rule' | 'key'>,
  object: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, object, key]))
    .digest('hex');
}
