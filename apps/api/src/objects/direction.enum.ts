import { registerEnumType } from '@nestjs/graphql';
import type { Direction } from '@portolan/model';

/** The two directions that policies govern. */
export const DirectionEnum = { INGRESS: 'INGRESS', EGRESS: 'EGRESS' } as const satisfies Record<
  Direction,
  Direction
>;

registerEnumType(DirectionEnum, {
  name: 'Direction',
  description: "Direction of a rule, from the selected pod's view.",
  valuesMap: {
    INGRESS: { description: 'Connections that the pod accepts.' },
    EGRESS: { description: 'Connections that the pod opens.' },
  },
});
