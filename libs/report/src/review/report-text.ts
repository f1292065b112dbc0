import { formatTraffic } from '@portolan/model';
import type {
  AccessRow,
  Cause,
  InvariantCounterexample,
  Place,
  ReviewedFinding,
  ReviewedInvariant,
  ReviewReport,
} from './review-report.js';

/** `deploy/shop/web.yaml:12`. */
export function placeText({ path, startLine }: Pick<Place, 'path' | 'startLine'>): string {
  return `${path}:${startLine}`;
}

/** `NetworkPolicy shop/web spec.ingress[0].from[1]`. */
export function causeText({ object, change, rule, fields }: Cause): string {
  if (rule !== null) return `${object} ${rule}`;
  if (change !== 'CHANGED') return `${object} ${change.toLowerCase()}`;
  return fields.length === 0 ? object : `${object} (${fields.join(', ')})`;
}

/** What a row opened, what it closed: `TCP 80`, `+TCP 80 −TCP 81` for one that did both. */
export function rowTraffic({ kind, opened, closed }: AccessRow): string {
  switch (kind) {
    case 'OPENED':
      return formatTraffic(opened);
    case 'CLOSED':
      return formatTraffic(closed);
    case 'ALTERED':
      return `+${formatTraffic(opened)} −${formatTraffic(closed)}`;
  }
}

/** `shop/web (Deployment) → shop/db (StatefulSet)`. */
export function endsText({ source, destination }: AccessRow): string {
  return `${source.text} → ${destination.text}`;
}

/** Rows that open something, gravest first. */
export function openingRows({ opened, altered }: ReviewReport): readonly AccessRow[] {
  return [...opened, ...altered];
}

/** `accepted by partner-sftp`; empty for a finding that simply counts. */
export function reviewedStatus({ status, why }: ReviewedFinding): string {
  switch (status) {
    case 'OPEN':
      return '';
    case 'ACCEPTED':
      return `accepted by ${why ?? ''}`;
    case 'PROPOSED':
      return `to be ignored, and counts until then: ${why ?? ''}`;
  }
}

/** `lab/tool → data/db: TCP 5432`, with what is wrong with it where that is not said by the invariant. */
export function counterexampleText({
  kind,
  from,
  to,
  traffic,
  directions,
}: InvariantCounterexample): string {
  if (kind === 'NOT_ISOLATED') return `${to}: ${directions.join(' and ').toLowerCase()}`;
  const ends = from === null ? to : `${from} → ${to}`;
  const what = traffic.length === 0 ? 'no such port name' : formatTraffic(traffic);
  const words = { ALLOWED: 'passes', DENIED: 'does not pass', UNKNOWN: 'may pass or not' };
  return `${ends}: ${what} ${words[kind]}`;
}

/** How many counterexamples are not listed: `and 3 more`, `and 990 more at least`; empty when all are. */
export function moreText({
  counterexamples,
  counterexampleCount,
  isCountComplete,
}: ReviewedInvariant): string {
  const more = counterexampleCount - counterexamples.length;
  if (more === 0 && isCountComplete) return '';
  return `and ${more} more${isCountComplete ? '' : ' at least'}`;
}

/** `db-only-from-api is broken: data/db is only reachable from …; lab/tool → data/db: TCP 5432 passes`. */
export function invariantText(invariant: ReviewedInvariant): string {
  const { name, status, assertion, counterexamples } = invariant;
  const [first] = counterexamples;
  const others = invariant.counterexampleCount - 1;
  const more =
    others > 0 ? ` (one of ${others + 1}${invariant.isCountComplete ? '' : ' or more'})` : '';
  const example = first === undefined ? '' : `; ${counterexampleText(first)}${more}`;
  return `${name} ${STATUS_WORDS[status]}: ${assertion}${example}`;
}

/** What is true of an invariant, in words. */
export const STATUS_WORDS = {
  HOLDS: 'holds',
  BROKEN: 'is broken',
  VACUOUS: 'asserts nothing',
  ACCEPTED: 'is broken, which is accepted',
  UNDECIDED: 'may be broken',
} as const satisfies Record<ReviewedInvariant['status'], string>;

/** What else is to be said of an invariant, apart from its status. */
export function invariantNotes(invariant: ReviewedInvariant): string[] {
  const { standing, status, previousStatus, isNewlyBroken, acceptedBy, unmatched } = invariant;
  const isBad = status === 'BROKEN' || status === 'UNDECIDED';
  return [
    ...(isNewlyBroken ? ['by this change'] : []),
    ...(isBad && !isNewlyBroken && standing !== 'PROPOSED' ? ['as before, so no gate fails'] : []),
    ...(status !== previousStatus && !isNewlyBroken ? [`was ${previousStatus}`] : []),
    ...(acceptedBy === null ? [] : [`accepted by ${acceptedBy}`]),
    ...(standing === 'PROPOSED' ? ['proposed, does not count yet'] : []),
    ...(standing === 'REMOVED' ? ['removed by the change, and counts'] : []),
    ...unmatched.map((end) => `nothing matches ${end}`),
  ];
}

/** Invariants that a reader should look at: all but those that simply hold. */
export function notableInvariants({ invariants }: ReviewReport): readonly ReviewedInvariant[] {
  return invariants.filter((one) => one.status !== 'HOLDS' || invariantNotes(one).length > 0);
}

/** What the gates made of it: `Failed: new-internet-ingress (2), …`. */
export function verdictText({ verdict, gates }: ReviewReport): string {
  const named = (status: 'FAILED' | 'WARNED'): string =>
    gates
      .filter((gate) => gate.status === status)
      .map(({ gate, violations }) => `${gate} (${violations.length})`)
      .join(', ');
  switch (verdict) {
    case 'FAILED': {
      const warned = named('WARNED');
      return `Failed: ${named('FAILED')}${warned === '' ? '' : `; warnings: ${warned}`}`;
    }
    case 'WARNED':
      return `Passed with warnings: ${named('WARNED')}`;
    case 'PASSED':
      return gates.length === 0 ? 'Passed: no gate was asked' : 'Passed';
  }
}
