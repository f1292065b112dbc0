import { registerEnumType } from '@nestjs/graphql';
import type { AssertionKind, OffenceKind } from '@portolan/model';
import type { InvariantStatus, ReviewedInvariant } from '@portolan/report';

/** What an invariant asserts. */
export const InvariantKindEnum = {
  MUST_REACH: 'MUST_REACH',
  MUST_NOT_REACH: 'MUST_NOT_REACH',
  ONLY_REACHABLE_FROM: 'ONLY_REACHABLE_FROM',
  MAY_ONLY_REACH: 'MAY_ONLY_REACH',
  MUST_BE_ISOLATED: 'MUST_BE_ISOLATED',
} as const satisfies Record<AssertionKind, AssertionKind>;

registerEnumType(InvariantKindEnum, {
  name: 'InvariantKind',
  description: 'Kinds of invariant.',
  valuesMap: {
    MUST_REACH: { description: 'All of `traffic` is allowed from every `from` to every `to`.' },
    MUST_NOT_REACH: { description: 'None of `traffic` is allowed from any `from` to any `to`.' },
    ONLY_REACHABLE_FROM: { description: 'Nobody but `from` may reach `to` with `traffic`.' },
    MAY_ONLY_REACH: { description: '`from` may reach nobody but `to` with `traffic`.' },
    MUST_BE_ISOLATED: {
      description: 'NetworkPolicies isolate the pods of `to` in both directions.',
    },
  },
});

/** What is true of an invariant. */
export const InvariantStatusEnum = {
  HOLDS: 'HOLDS',
  BROKEN: 'BROKEN',
  VACUOUS: 'VACUOUS',
  ACCEPTED: 'ACCEPTED',
  UNDECIDED: 'UNDECIDED',
} as const satisfies Record<InvariantStatus, InvariantStatus>;

registerEnumType(InvariantStatusEnum, {
  name: 'InvariantStatus',
  description: 'Status of an invariant.',
  valuesMap: {
    HOLDS: { description: 'It holds for every pair of ends.' },
    BROKEN: { description: 'Some pair breaks it.' },
    VACUOUS: { description: 'Nothing matches what it is about, so it asserts nothing.' },
    ACCEPTED: {
      description: 'It is broken, or may be, and an exception in force accepts that.',
    },
    UNDECIDED: {
      description: 'It may be broken: what a rule of domain names lets pass is not known.',
    },
  },
});

/** Whose an invariant is. */
export const InvariantStandingEnum = {
  IN_FORCE: 'IN_FORCE',
  REMOVED: 'REMOVED',
  PROPOSED: 'PROPOSED',
} as const satisfies Record<ReviewedInvariant['standing'], ReviewedInvariant['standing']>;

registerEnumType(InvariantStandingEnum, {
  name: 'InvariantStanding',
  description: 'Whether a change has to keep to an invariant.',
  valuesMap: {
    IN_FORCE: { description: 'Both states have it.' },
    REMOVED: { description: 'The change removes it; it counts.' },
    PROPOSED: { description: 'The change brings it; it does not count yet.' },
  },
});

/** What two ends do to an invariant. */
export const CounterexampleKindEnum = {
  ALLOWED: 'ALLOWED',
  DENIED: 'DENIED',
  UNKNOWN: 'UNKNOWN',
  NOT_ISOLATED: 'NOT_ISOLATED',
} as const satisfies Record<OffenceKind, OffenceKind>;

registerEnumType(CounterexampleKindEnum, {
  name: 'CounterexampleKind',
  description: 'What two ends do to an invariant.',
  valuesMap: {
    ALLOWED: { description: 'What must not pass does.' },
    DENIED: { description: 'What must pass does not.' },
    UNKNOWN: { description: 'Whether it passes is not known.' },
    NOT_ISOLATED: { description: 'A workload is not isolated.' },
  },
});
