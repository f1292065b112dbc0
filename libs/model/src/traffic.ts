/** The protocols that NetworkPolicy v1 governs, in the order in which traffic is listed. */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** A transport protocol that NetworkPolicy v1 governs. */
export type Protocol = (typeof PROTOCOLS)[number];

/** The smallest and the largest port. Port 0 is no port: the API server takes 1 to 65535. */
export const MIN_PORT = 1;
/** The largest port number. */
export const MAX_PORT = 65535;

/** Ports `from` to `to`, both included, of one protocol. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

/** Disjoint, merged ranges, sorted by protocol (in the order of PROTOCOLS) and port. Empty = no traffic. */
export type TrafficSet = readonly PortRange[];

/** Every port of every protocol that NetworkPolicy governs. */
export const ALL_TRAFFIC: TrafficSet = PROTOCOLS.map((protocol) => ({
  protocol,
  from: MIN_PORT,
  to: MAX_PORT,
}));

/** Whether a set holds every port of every protocol. */
export function isAllTraffic(traffic: TrafficSet): boolean {
  return (
    traffic.length === PROTOCOLS.length &&
    traffic.every((range) => range.from === MIN_PORT && range.to === MAX_PORT)
  );
}

/** For people: `All`, `None`, `TCP 80,443,8000-8080; UDP 53`, `TCP all`. */
export function formatTraffic(traffic: TrafficSet): string {
  if (traffic.length === 0) return 'None';
  if (isAllTraffic(traffic)) return 'All';
  const parts: string[] = [];
  for (const protocol of PROTOCOLS) {
    const ranges = traffic.filter((range) => range.protocol === protocol);
    if (ranges.length > 0) parts.push(`${protocol} ${ranges.map(formatPorts).join(',')}`);
  }
  return parts.join('; ');
}

function formatPorts({ from, to }: PortRange): string {
  if (from === MIN_PORT && to === MAX_PORT) return 'all';
  return from === to ? String(from) : `${String(from)}-${String(to)}`;
}
