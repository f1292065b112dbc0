import type { Protocol, TrafficSet } from './traffic.js';

/** A port behind which most clusters have something that must not be open to many. */
export interface SensitivePort {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
  readonly service: string;
}

const PORTS: readonly (readonly [number, string])[] = [
  [22, 'SSH'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [2049, 'NFS'],
  [2375, 'Docker'],
  [3306, 'MySQL'],
  [3389, 'RDP'],
  [5432, 'PostgreSQL'],
  [5672, 'AMQP'],
  [5984, 'CouchDB'],
  [6379, 'Redis'],
  [6443, 'Kubernetes API'],
  [8200, 'Vault'],
  [9042, 'Cassandra'],
  [9092, 'Kafka'],
  [9200, 'Elasticsearch'],
  [10250, 'kubelet'],
  [11211, 'memcached'],
  [27017, 'MongoDB'],
];

/** The list that docs/REVIEW.md shows, by port. */
export const SENSITIVE_PORTS: readonly SensitivePort[] = [
  ...PORTS.map(([port, service]) => ({ protocol: 'TCP', from: port, to: port, service }) as const),
  { protocol: 'TCP', from: 2379, to: 2380, service: 'etcd' } as const,
].sort((a, b) => a.from - b.from);

/** The sensitive ports of some traffic. */
export function sensitivePorts(traffic: TrafficSet): SensitivePort[] {
  return SENSITIVE_PORTS.filter((port) =>
    traffic.some(
      ({ protocol, from, to }) => protocol === port.protocol && from <= port.to && port.from <= to,
    ),
  );
}
