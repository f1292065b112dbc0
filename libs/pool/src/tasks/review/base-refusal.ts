import type { Problem } from '@portolan/model';
import type { ReviewRefusal } from '../../review-messages.js';

/** Why nothing is reviewed: what a file of the base says is not understood. Null = all of it is. */
export function baseRefusal(
  subject: 'Exceptions' | 'Invariants' | 'Settings',
  problems: readonly Problem[],
): ReviewRefusal | null {
  const [first] = problems;
  if (first === undefined) return null;
  const place = `${first.location.path}:${first.location.startLine}`;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return {
    code: 'INVALID',
    message: `${subject} of the base cannot be used: ${place}: ${first.message}${more}`,
    problems,
  };
}
