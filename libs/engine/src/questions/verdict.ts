import type { Verdict } from '@portolan/model';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';

/** With nothing to ask for (no such port name, a protocol that the API does not define) nothing can be decided. */
export function judge(asked: number, allowed: number, denied: number): Verdict {
  if (asked === NO_TRAFFIC) return 'UNKNOWN';
  if (denied === NO_TRAFFIC) return 'ALLOWED';
  return allowed === NO_TRAFFIC ? 'DENIED' : 'PARTIAL';
}
