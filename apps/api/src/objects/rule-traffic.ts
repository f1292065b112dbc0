import {
  ALL_TRAFFIC,
  compareText,
  formatTraffic,
  MAX_PORT,
  MIN_PORT,
  type PolicyPort,
  type PortRange,
  type Protocol,
  PROTOCOLS,
  type TrafficSet,
} from '@portolan/model';

/** A port of a rule that is known by name only: each destination pod may give it another number. */
export interface NamedPort {
  readonly name: string;
  /** Null = whatever protocol a pod declares the name with. */
  readonly protocol: Protocol | null;
}

/** What the `ports` of a rule say by themselves, without any pod. */
export interface RuleTraffic {
  /** Numbers only. */
  readonly ranges: TrafficSet;
  readonly namedPorts: readonly NamedPort[];
  /** As `formatTraffic`, with the names: `TCP 80,http; UDP dns; port metrics` (of any protocol). */
  readonly text: string;
}

/** Reads the `ports` of a rule; null = all traffic, empty = none. */
export function ruleTraffic(ports: readonly PolicyPort[] | null): RuleTraffic {
  if (ports === null)
    return { ranges: ALL_TRAFFIC, namedPorts: [], text: formatTraffic(ALL_TRAFFIC) };
  const ranges = mergeRanges(ports.flatMap(numbersOf));
  const namedPorts = namesOf(ports);
  const texts = [...PROTOCOLS, null]
    .map((protocol) => protocolText(protocol, ranges, namedPorts))
    .filter((text) => text !== null);
  return { ranges, namedPorts, text: texts.length === 0 ? formatTraffic([]) : texts.join('; ') };
}

function numbersOf({ protocol, port, endPort }: PolicyPort): PortRange[] {
  // Only names go without a protocol.
  if (protocol === null) return [];
  if (port === null) return [{ protocol, from: MIN_PORT, to: MAX_PORT }];
  return typeof port === 'number' ? [{ protocol, from: port, to: endPort ?? port }] : [];
}

function namesOf(ports: readonly PolicyPort[]): NamedPort[] {
  const byText = new Map<string, NamedPort>();
  for (const { protocol, port } of ports) {
    if (typeof port === 'string') byText.set(`${protocol ?? ''} ${port}`, { name: port, protocol });
  }
  return [...byText.entries()].sort(([a], [b]) => compareText(a, b)).map(([, port]) => port);
}

/** Sorted, with ranges that touch made one. */
function mergeRanges(ranges: readonly PortRange[]): TrafficSet {
  return PROTOCOLS.flatMap((protocol) => {
    const merged: PortRange[] = [];
    const own = ranges.filter((range) => range.protocol === protocol);
    for (const range of own.sort((a, b) => a.from - b.from)) {
      const last = merged.at(-1);
      if (last === undefined || range.from > last.to + 1) merged.push(range);
      else merged[merged.length - 1] = { ...last, to: Math.max(last.to, range.to) };
    }
    return merged;
  });
}

/** `TCP 80,http`, or null when the protocol does not occur. Protocol null = names of any protocol. */
function protocolText(
  protocol: Protocol | null,
  ranges: TrafficSet,
  namedPorts: readonly NamedPort[],
): string | null {
  const own = ranges.filter((range) => range.protocol === protocol);
  const names = namedPorts.filter((port) => port.protocol === protocol).map(({ name }) => name);
  if (own.length === 0)
    return names.length === 0 ? null : `${protocol ?? 'port'} ${names.join(',')}`;
  return [formatTraffic(own), ...names].join(',');
}
