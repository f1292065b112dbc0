import type { ExceptionResult, ExceptionShare, Place } from '@portolan/report';
import type { OpenedAccess } from '../access-facts.js';
import { takeAway } from './exception-cover.js';
import {
  type FindingMatch,
  isAboutAccess,
  isAboutFindings,
  isExpired,
  type ReviewException,
} from './review-exception.js';

/** Exceptions of both states. Only those of the base silence anything: a change would otherwise approve itself. */
export interface ExceptionLedger {
  readonly base: readonly ReviewException[];
  readonly head: readonly ReviewException[];
}

/** What exceptions leave of an access, and which ones covered something. */
export interface Excused {
  readonly left: readonly OpenedAccess[];
  readonly shares: readonly ExceptionShare[];
}

/** Applies exceptions, and keeps count of their use. */
export class ExceptionBook {
  readonly #pairs = new Map<string, number>();
  readonly #valid: readonly ReviewException[];

  constructor(
    private readonly ledger: ExceptionLedger,
    private readonly today: string,
  ) {
    this.#valid = ledger.base.filter((one) => !isExpired(one, today));
  }

  /** Takes away from an access what exceptions cover. */
  excuse(access: OpenedAccess): Excused {
    let left: readonly OpenedAccess[] = [access];
    const shares: ExceptionShare[] = [];
    for (const exception of this.#valid) {
      if (!isAboutAccess(exception)) continue;
      const alone = takeAway(access, exception);
      if (!alone.isUsed) continue;
      shares.push({ id: exception.id, covers: alone.left.length === 0 ? 'ALL' : 'PART' });
      this.#pairs.set(exception.id, (this.#pairs.get(exception.id) ?? 0) + 1);
      left = left.flatMap((one) => takeAway(one, exception).left);
    }
    return { left, shares };
  }

  /** The id of an exception that accepts a finding of an object; null when none does. */
  accept(found: FindingNames): string | null {
    const one = this.#valid.find(
      (exception) => isAboutFindings(exception) && isMeant(exception.finding, found),
    );
    return one === undefined ? null : this.#use(one);
  }

  /** The id of an exception that accepts that an invariant is broken; null when none does. */
  acceptInvariant(name: string): string | null {
    const one = this.#valid.find(
      (exception) => 'invariant' in exception && exception.invariant === name,
    );
    return one === undefined ? null : this.#use(one);
  }

  #use({ id }: ReviewException): string {
    this.#pairs.set(id, (this.#pairs.get(id) ?? 0) + 1);
    return id;
  }

  /** What became of every exception of the base, then those that only the head has. */
  results(): ExceptionResult[] {
    const known = new Set(this.ledger.base.map(meaning));
    const proposed = this.ledger.head.filter((one) => !known.has(meaning(one)));
    return [
      ...this.ledger.base.map((one) => this.#result(one, 'BASE', this.#statusOf(one))),
      ...proposed.map((one) => this.#result(one, 'HEAD', 'PROPOSED')),
    ];
  }

  #statusOf(one: ReviewException): ExceptionResult['status'] {
    if (isExpired(one, this.today)) return 'EXPIRED';
    return this.#pairs.has(one.id) ? 'USED' : 'UNUSED';
  }

  #result(
    { id, reason, expires, path, line }: ReviewException,
    side: Place['side'],
    status: ExceptionResult['status'],
  ): ExceptionResult {
    const place = { side, path, startLine: line, endLine: line };
    const pairs = status === 'USED' ? (this.#pairs.get(id) ?? 0) : 0;
    return { id, status, reason, expires, place, pairs };
  }
}

/** What names a finding of one object. */
export interface FindingNames {
  readonly rule: string;
  /** `NetworkPolicy shop/web`. */
  readonly object: string;
  readonly fingerprint: string;
}

function isMeant(match: FindingMatch, { rule, object, fingerprint }: FindingNames): boolean {
  return match.by === 'fingerprint'
    ? match.fingerprint === fingerprint
    : match.rule === rule && match.object === object;
}

/** Equal for exceptions that allow the same for as long: a new reason or another place is no new exception. */
function meaning(exception: ReviewException): string {
  const { id, expires } = exception;
  if (isAboutAccess(exception))
    return JSON.stringify([id, exception.from, exception.to, exception.traffic, expires]);
  return isAboutFindings(exception)
    ? JSON.stringify([id, exception.finding, expires])
    : JSON.stringify([id, 'invariant', exception.invariant, expires]);
}
