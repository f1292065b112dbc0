import { registerEnumType } from '@nestjs/graphql';
import type { EndpointGrouping } from '@portolan/model';

export const EndpointGroupingEnum = {
  POD: 'POD',
  WORKLOAD: 'WORKLOAD',
  NAMESPACE: 'NAMESPACE',
} as const satisfies Record<EndpointGrouping, EndpointGrouping>;

registerEnumType(EndpointGroupingEnum, {
  name: 'EndpointGrouping',
  description: 'How to group answers.',
  valuesMap: {
    POD: { description: 'One row for each pod.' },
    WORKLOAD: { description: 'One row for each workload.' },
    NAMESPACE: { description: 'One row for each namespace.' },
  },
});
