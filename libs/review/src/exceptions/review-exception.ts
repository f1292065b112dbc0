import type { AssertedEnd, TrafficSet } from '@portolan/model';

/** What an end of a connection has to be. Addresses are those outside the cluster that lie in one of the networks. */
export type EndMatch = Extract<AssertedEnd, { is: 'workload' | 'namespace' | 'addresses' }>;

/** Something that somebody answers for. */
export type ReviewException = AccessException | FindingException | InvariantException;

/** Access that somebody answers for. */
export interface AccessException extends ExceptionTerms {
  readonly from: EndMatch;
  readonly to: EndMatch;
  readonly traffic: TrafficSet;
}

/** A finding that somebody answers for. */
export interface FindingException extends ExceptionTerms {
  readonly finding: FindingMatch;
}

/** A broken invariant that somebody answers for. */
export interface InvariantException extends ExceptionTerms {
  /** Its name. */
  readonly invariant: string;
}

/** A finding of one object, or all findings of a rule about an object (`NetworkPolicy shop/web`). */
export type FindingMatch =
  | { readonly by: 'fingerprint'; readonly fingerprint: string }
  | { readonly by: 'object'; readonly rule: string; readonly object: string };

/** Who answers why, and how long. */
interface ExceptionTerms {
  readonly id: string;
  readonly reason: string;
  /** As it is written. */
  readonly expires: string;
  readonly path: string;
  readonly line: number;
}

/** Whether an exception is about access. */
export function isAboutAccess(exception: ReviewException): exception is AccessException {
  return 'traffic' in exception;
}

/** Whether an exception is about findings. */
export function isAboutFindings(exception: ReviewException): exception is FindingException {
  return 'finding' in exception;
}

/** Whether an exception no longer holds: from the day after `expires` on, and always when that is no date. */
export function isExpired({ expires }: Pick<ReviewException, 'expires'>, today: string): boolean {
  return !isDate(expires) || expires < today;
}

/** Whether a text is a day of the calendar, written `2026-03-01`. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
