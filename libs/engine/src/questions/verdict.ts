import type { TrafficQuery, Verdict } from '@portolan/model';
import type { SnapshotIndex } from '../snapshot-index.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';

/**
 * Whether a question is about a protocol that passes whatever policies say: one that the API does not define, and that the
 * plugin lets pass, or that nobody stops.
 */
export function isFreeProtocol(
  { isEnforced, switches }: SnapshotIndex,
  { protocol }: Pick<TrafficQuery, 'protocol'>,
): boolean {
  return protocol === 'OTHER' && (!isEnforced || switches.otherProtocols === 'ALLOWED');
}

/**
 * With nothing to ask for (no such port name, a protocol that the API does not define) nothing can be decided. What is
 * unknown of some traffic decides the verdict unless some is allowed and some denied anyway.
 */
export function judge(
  asked: number,
  { allowed, denied, unknown }: { allowed: number; denied: number; unknown: number },
): Verdict {
  if (asked === NO_TRAFFIC) return 'UNKNOWN';
  if (allowed !== NO_TRAFFIC && denied !== NO_TRAFFIC) return 'PARTIAL';
  if (unknown !== NO_TRAFFIC) return 'UNKNOWN';
  return denied === NO_TRAFFIC ? 'ALLOWED' : 'DENIED';
}
