import {
  cidrDifference,
  commonCidr,
  commonTraffic,
  type EndpointRef,
  formatCidr,
  parseCidr,
  type TrafficSet,
  trafficDifference,
} from '@portolan/model';
import type { OpenedAccess } from '../access-facts.js';
import type { AccessException, EndMatch } from './review-exception.js';

/** What an exception does to an access: the parts that it does not cover, and whether it covers any. */
export interface Uncovered {
  readonly left: readonly OpenedAccess[];
  readonly isUsed: boolean;
}

/**
 * Takes away what an exception covers, and nothing else: of the addresses those in its networks, and for these only its
 * traffic. What is left is one access for each of the two parts that remain.
 */
export function takeAway(access: OpenedAccess, exception: AccessException): Uncovered {
  const source = split(access.source, exception.from);
  const destination = split(access.destination, exception.to);
  const common = commonTraffic(access.traffic, exception.traffic);
  if (source.covered === null || destination.covered === null || common.length === 0)
    return { left: [access], isUsed: false };
  const left = [
    part(source.other, access.destination, access.traffic),
    part(source.covered, destination.other, access.traffic),
    part(source.covered, destination.covered, trafficDifference(access.traffic, exception.traffic)),
  ];
  return { left: left.filter((one) => one !== null), isUsed: true };
}

function part(
  source: EndpointRef | null,
  destination: EndpointRef | null,
  traffic: TrafficSet,
): OpenedAccess | null {
  return source === null || destination === null || traffic.length === 0
    ? null
    : { source, destination, traffic };
}

/** The part of an end that an exception means, and the rest; null = nothing. */
interface Split {
  readonly covered: EndpointRef | null;
  readonly other: EndpointRef | null;
}

function split(ref: EndpointRef, match: EndMatch): Split {
  if (ref.kind === 'external') return splitAddresses(ref, match);
  return isMatch(ref, match) ? { covered: ref, other: null } : { covered: null, other: ref };
}

function isMatch(ref: EndpointRef, match: EndMatch): boolean {
  if (ref.kind !== 'workload') return false;
  switch (match.is) {
    case 'workload':
      return (
        ref.namespace === match.namespace &&
        ref.name === match.name &&
        (match.kind === null || ref.kindName === match.kind)
      );
    case 'namespace':
      return ref.namespace === match.name;
    case 'addresses':
      return false;
  }
}

function splitAddresses(ref: EndpointRef & { kind: 'external' }, match: EndMatch): Split {
  if (match.is !== 'addresses') return { covered: null, other: ref };
  const [own, meant] = [ref.cidrs.map(parseCidr), match.cidrs.map(parseCidr)];
  const covered = own.flatMap((cidr) => meant.flatMap((other) => commonCidr(cidr, other) ?? []));
  const other = own.flatMap((cidr) => cidrDifference(cidr, meant));
  const withCidrs = (cidrs: readonly string[]): EndpointRef | null =>
    cidrs.length === 0 ? null : { ...ref, cidrs };
  return { covered: withCidrs(covered.map(formatCidr)), other: withCidrs(other.map(formatCidr)) };
}
