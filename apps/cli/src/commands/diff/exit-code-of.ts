import type { ReviewReport } from '@portolan/report';
import { EXIT } from '../../exit-code.js';

/** What a review ends with. */
export function exitCodeOf({ verdict }: Pick<ReviewReport, 'verdict'>): number {
  return verdict === 'FAILED' ? EXIT.FAILED : EXIT.HELD;
}
