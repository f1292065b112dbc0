import { ALL_RULES } from '@portolan/findings';
import type { FindingMatch } from './review-exception.js';
import type { FieldPath, StrictFields } from './strict-fields.js';

/** Reads which finding is meant: its `fingerprint`, or `rule` and `object`. Null after a fault. */
export function readFindingMatch(
  value: unknown,
  at: FieldPath,
  fields: StrictFields,
): FindingMatch | null {
  const map = fields.map(value, at, {
    required: [],
    optional: ['fingerprint', 'rule', 'object'],
  });
  if (map === null) return null;
  if (Object.hasOwn(map, 'fingerprint')) {
    if (Object.keys(map).length > 1)
      return fields.fault(at, 'must have either fingerprint, or rule and object');
    const { fingerprint } = map;
    return typeof fingerprint === 'string' && /^[0-9a-f]{64}$/.test(fingerprint)
      ? { by: 'fingerprint', fingerprint }
      : fields.fault([...at, 'fingerprint'], 'must be 64 hexadecimal digits');
  }
  const rule = fields.text(map.rule, [...at, 'rule']);
  const object = fields.text(map.object, [...at, 'object']);
  if (rule === null || object === null) return null;
  return ALL_RULES.some(({ id }) => id === rule)
    ? { by: 'object', rule, object }
    : fields.fault([...at, 'rule'], `there is no rule ${rule}`);
}
