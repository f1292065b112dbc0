import { registerEnumType } from '@nestjs/graphql';
import type { TrafficQuery } from '@portolan/model';

type AskedProtocol = NonNullable<TrafficQuery['protocol']>;

/** Protocols that questions can be about. */
export const ProtocolEnum = {
  TCP: 'TCP',
  UDP: 'UDP',
  SCTP: 'SCTP',
  OTHER: 'OTHER',
} as const satisfies Record<AskedProtocol, AskedProtocol>;

registerEnumType(ProtocolEnum, {
  name: 'Protocol',
  description: 'Protocols that traffic is told apart by.',
  valuesMap: {
    TCP: { description: 'TCP, also under everything that runs over it.' },
    UDP: { description: 'UDP, also under QUIC and DNS.' },
    SCTP: { description: 'SCTP, of networks that have it.' },
    OTHER: {
      description:
        'Anything that is not TCP, UDP or SCTP (for example ICMP); undefined by the NetworkPolicy API.',
    },
  },
});
