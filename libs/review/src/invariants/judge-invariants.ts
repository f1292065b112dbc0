import { type Analysis, checkAssertion, displayName } from '@portolan/engine';
import type { AccessAssertion, AssertionAnswer, Caveat, Offence } from '@portolan/model';
import type { InvariantCounterexample, InvariantStatus, ReviewedInvariant } from '@portolan/report';
import type { ExceptionBook } from '../exceptions/exception-ledger.js';
import { hashOf } from '../hash-of.js';
import { assertionText, endText } from './assertion-text.js';
import { type ClusterInvariant, type InvariantLedger, meaningOf } from './cluster-invariant.js';
import type { OffenceCauses } from './offence-causes.js';

/** What became of the invariants of a change, and what that rests on. */
export interface JudgedInvariants {
  readonly rows: readonly ReviewedInvariant[];
  readonly caveats: readonly Caveat[];
}

/** Whose invariants are asked about, and where. */
export interface InvariantInput {
  readonly ledger: InvariantLedger;
  readonly base: Analysis;
  readonly head: Analysis;
  /** Whether both states have the same content. */
  readonly isSame: boolean;
  readonly causes: OffenceCauses;
  readonly book: ExceptionBook;
}

/** Asks both states about every invariant: those of the base, also where the head has them no more, and those it proposes. */
export function judgeInvariants(input: InvariantInput): JudgedInvariants {
  const { base, head } = input.ledger;
  const [before, after] = [new Set(base.map(meaningOf)), new Set(head.map(meaningOf))];
  const caveats: Caveat[] = [];
  const judge = (
    invariant: ClusterInvariant,
    standing: ReviewedInvariant['standing'],
  ): ReviewedInvariant => {
    const now = checkAssertion(input.head, invariant.assertion);
    const then = input.isSame ? now : checkAssertion(input.base, invariant.assertion);
    caveats.push(...now.caveats);
    return rowOf(invariant, standing, { now, then }, input);
  };
  const counting = base.map((one) =>
    judge(one, after.has(meaningOf(one)) ? 'IN_FORCE' : 'REMOVED'),
  );
  const proposed = head.filter((one) => !before.has(meaningOf(one)));
  return { rows: [...counting, ...proposed.map((one) => judge(one, 'PROPOSED'))], caveats };
}

interface Answers {
  readonly now: AssertionAnswer;
  readonly then: AssertionAnswer;
}

function rowOf(
  invariant: ClusterInvariant,
  standing: ReviewedInvariant['standing'],
  { now, then }: Answers,
  { causes, book }: InvariantInput,
): ReviewedInvariant {
  const { name, description, severity, assertion, path, line } = invariant;
  const [found, previousStatus] = [statusOf(now), statusOf(then)];
  const isBad = found === 'BROKEN' || found === 'UNDECIDED';
  const acceptedBy = isBad ? book.acceptInvariant(name) : null;
  const { listed, count, isCountComplete } = found === 'BROKEN' ? now.broken : now.unknown;
  const side = standing === 'PROPOSED' ? 'HEAD' : 'BASE';
  return {
    fingerprint: hashOf(['invariant', name, assertionText(assertion)]),
    name,
    description,
    severity,
    kind: assertion.kind,
    assertion: assertionText(assertion),
    standing,
    status: acceptedBy === null ? found : 'ACCEPTED',
    previousStatus,
    isNewlyBroken:
      standing !== 'PROPOSED' && acceptedBy === null && isNewlyBroken(found, previousStatus),
    acceptedBy,
    counterexamples: listed.map((offence) => counterexampleOf(offence, causes)),
    counterexampleCount: count,
    isCountComplete,
    unmatched: unmatchedOf(assertion, now),
    place: { side, path, startLine: line, endLine: line },
  };
}

/** What is broken is broken, whatever else is not known. */
function statusOf({ isVacuous, broken, unknown }: AssertionAnswer): InvariantStatus {
  if (isVacuous) return 'VACUOUS';
  if (broken.count > 0) return 'BROKEN';
  return unknown.count > 0 ? 'UNDECIDED' : 'HOLDS';
}

/** Who makes a change does not answer for what was broken before it, but for every certainty that it takes away. */
function isNewlyBroken(now: InvariantStatus, before: InvariantStatus): boolean {
  if (now === 'BROKEN') return before !== 'BROKEN';
  return now === 'UNDECIDED' && before !== 'BROKEN' && before !== 'UNDECIDED';
}

function counterexampleOf(offence: Offence, causes: OffenceCauses): InvariantCounterexample {
  const { kind, source, destination, traffic, directions } = offence;
  return {
    kind,
    from: source === null ? null : displayName(source),
    to: displayName(destination),
    traffic,
    directions,
    causes: causes.of(offence),
  };
}

function unmatchedOf(assertion: AccessAssertion, { unmatched }: AssertionAnswer): string[] {
  return unmatched.flatMap(({ side, at }) => {
    const end = assertion[side][at];
    return end === undefined ? [] : [endText(end)];
  });
}
