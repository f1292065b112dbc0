import { registerEnumType } from '@nestjs/graphql';
import type { Verdict } from '@portolan/model';

/** What a question can come to. */
export const VerdictEnum = {
  ALLOWED: 'ALLOWED',
  DENIED: 'DENIED',
  PARTIAL: 'PARTIAL',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<Verdict, Verdict>;

registerEnumType(VerdictEnum, {
  name: 'Verdict',
  description: 'What a question comes to.',
  valuesMap: {
    ALLOWED: { description: 'All of the traffic asked about may pass, for every pair of pods.' },
    DENIED: { description: 'None of the traffic asked about may pass, between any pair of pods.' },
    PARTIAL: { description: 'Some of the pods or ports asked about, not all.' },
    UNKNOWN: {
      description: 'Some of it, or all, cannot be decided from what is known; see caveats.',
    },
  },
});
