import type { PolicyRecord, RulePlace } from '@portolan/model';
import type { Found } from '../../finding-rule.js';

/** Where a finding about the subject (`place` null) or a peer of a policy is. */
export function placeOfSelection(
  { index, kind }: PolicyRecord,
  place: RulePlace | null,
): Pick<Found, 'object' | 'place' | 'path'> {
  const object = { kind: 'POLICY', index } as const;
  if (place !== null) return { object, place };
  return { object, path: kind === 'NETWORK_POLICY' ? 'spec.podSelector' : 'spec.subject' };
}
