import { registerEnumType } from '@nestjs/graphql';
import type { EndpointGrouping } from '@portolan/model';

/** What one row of an answer stands for. */
export const EndpointGroupingEnum = {
  POD: 'POD',
  WORKLOAD: 'WORKLOAD',
  NAMESPACE: 'NAMESPACE',
} as const satisfies Record<EndpointGrouping, EndpointGrouping>;

registerEnumType(EndpointGroupingEnum, {
  name: 'EndpointGrouping',
  description: 'What one row of an answer stands for.',
  valuesMap: {
    POD: { description: 'One row for each pod: exact, and long.' },
    WORKLOAD: { description: 'One row for each workload: what at least one of its pods may do.' },
    NAMESPACE: { description: 'One row for each namespace: what at least one of its pods may do.' },
  },
});
