import { registerEnumType } from '@nestjs/graphql';
import type { Confidence, FindingCategory } from '@portolan/model';

/** Groups of rules. */
export const LintCategoryEnum = {
  SCHEMA: 'SCHEMA',
  SELECTOR: 'SELECTOR',
  PORT: 'PORT',
  IP_BLOCK: 'IP_BLOCK',
  ISOLATION: 'ISOLATION',
  DEPENDENCY: 'DEPENDENCY',
  REDUNDANCY: 'REDUNDANCY',
  PLATFORM: 'PLATFORM',
  INPUT: 'INPUT',
} as const satisfies Record<FindingCategory, FindingCategory>;

registerEnumType(LintCategoryEnum, {
  name: 'LintCategory',
  description: 'Groups of rules, in the order of their numbers.',
  valuesMap: {
    SCHEMA: { description: 'NP1xx: how a policy is written.' },
    SELECTOR: { description: 'NP2xx: whom selectors select.' },
    PORT: { description: 'NP3xx: ports and protocols.' },
    IP_BLOCK: { description: 'NP4xx: addresses.' },
    ISOLATION: { description: 'NP5xx: what is not isolated, or more open than it looks.' },
    DEPENDENCY: { description: 'NP6xx: traffic that something needs and does not get.' },
    REDUNDANCY: { description: 'NP7xx: what could be removed without any effect.' },
    PLATFORM: { description: 'NP8xx: what the platform makes of policies.' },
    INPUT: { description: 'NP9xx: input that the analysis lacks.' },
  },
});

/** How sure a finding is. */
export const FindingConfidenceEnum = {
  CERTAIN: 'CERTAIN',
  LIKELY: 'LIKELY',
  POSSIBLE: 'POSSIBLE',
} as const satisfies Record<Confidence, Confidence>;

registerEnumType(FindingConfidenceEnum, {
  name: 'FindingConfidence',
  description: 'How sure a finding is.',
  valuesMap: {
    CERTAIN: { description: 'It follows from the manifests.' },
    LIKELY: { description: 'So it is, unless something outside the manifests says otherwise.' },
    POSSIBLE: { description: 'It may well be meant as it is.' },
  },
});
