import { registerEnumType } from '@nestjs/graphql';
import type { TrafficQuery } from '@portolan/model';

type AskedProtocol = NonNullable<TrafficQuery['protocol']>;

export const ProtocolEnum = {
  TCP: 'TCP',
  UDP: 'UDP',
  SCTP: 'SCTP',
  OTHER: 'OTHER',
} as const satisfies Record<AskedProtocol, AskedProtocol>;

registerEnumType(ProtocolEnum, {
  name: 'Protocol',
  description: 'Transport protocol.',
  valuesMap: {
    TCP: { description: 'Transmission Control Protocol.' },
    UDP: { description: 'User Datagram Protocol.' },
    SCTP: { description: 'Stream Control Transmission Protocol.' },
    OTHER: {
      description:
        'Anything that is not TCP, UDP or SCTP (for example ICMP); undefined by the NetworkPolicy API.',
    },
  },
});
