import type { Verdict } from '@portolan/model';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';

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
