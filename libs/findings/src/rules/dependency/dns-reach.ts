import { type Analysis, egressToSupposedPod, trafficWithNetworks } from '@portolan/engine';
import type { ClusterProfile, PolicyPeer, PolicyPort } from '@portolan/model';
import { ByRow, isAdmitted, isCommon, shapeOfRow } from './admitted.js';
import { type DnsServers, findDnsServers, single } from './dns-servers.js';

/** What becomes of the DNS queries of a class. */
export type DnsReach =
  /** No egress policy, or the queries go somewhere: to servers, to an address, or to what a rule for DNS names. */
  | 'ADDRESS'
  | 'SERVERS'
  /** The class's own policies admit the servers, those of the servers do not admit the class. */
  | 'REFUSED'
  /** Its policies admit nothing at all. */
  | 'CLOSED'
  /** They admit addresses outside the cluster alone, and not for DNS. */
  | 'ADDRESSES_ONLY'
  | 'MISSING';

/** Ports that rules for DNS name: those of Services, and of servers that are no root (OpenShift, CoreDNS). */
const DNS_PORTS = [53, 1053, 5353];
const DNS_PORT_NAME = 'dns';

/** Judges DNS queries; what depends on a row alone is found out once. */
export class DnsReaches {
  /** Null = nothing can be said of the servers. */
  readonly servers: DnsServers | null;
  readonly #byRow: ByRow<Exclude<DnsReach, 'REFUSED'>>;

  constructor(
    private readonly analysis: Analysis,
    private readonly profile: ClusterProfile,
  ) {
    this.servers = findDnsServers(analysis, profile.dns);
    this.#byRow = new ByRow(analysis, 'EGRESS', (podClass, row) => this.#ofRow(podClass, row));
  }

  of(podClass: number): DnsReach {
    const reach = this.#byRow.of(podClass) ?? 'ADDRESS';
    return reach === 'SERVERS' && !this.#isTaken(podClass) ? 'REFUSED' : reach;
  }

  /** Whether a class may send queries to some of the addresses, by its own policies. */
  admitsAddress(podClass: number, addresses: readonly string[]): boolean {
    const { analysis, profile } = this;
    const passes = trafficWithNetworks(analysis, 'EGRESS', podClass, addresses);
    return isCommon(analysis, passes, analysis.traffic.add(profile.dns.traffic));
  }

  #ofRow(podClass: number, row: number): Exclude<DnsReach, 'REFUSED'> {
    const { analysis, profile } = this;
    const { servers } = this;
    if (servers === null) return 'ADDRESS';
    const { nodeLocalAddress } = profile.dns;
    const known = [
      ...servers.addresses,
      ...(nodeLocalAddress === null ? [] : [single(nodeLocalAddress)]),
    ];
    // Where the Services are not known, any of their networks may have them.
    const asked = servers.addresses.length > 0 ? known : [...known, ...profile.serviceCidrs];
    if (this.admitsAddress(podClass, asked)) return 'ADDRESS';
    if (asked.length === 0 && this.#admitsPrivate(podClass)) return 'ADDRESS';
    if (this.#admitsServers(podClass, servers)) return 'SERVERS';
    if (isMeantForDns(analysis, podClass, servers.supposed !== null)) return 'ADDRESS';
    if (analysis.facts.rowUsesNames('EGRESS', row)) return 'ADDRESS';
    const { isClosed, isForAddresses } = shapeOfRow(analysis, 'EGRESS', row);
    return isClosed ? 'CLOSED' : isForAddresses ? 'ADDRESSES_ONLY' : 'MISSING';
  }

  /** Addresses that Services usually have. */
  #admitsPrivate(podClass: number): boolean {
    return this.admitsAddress(podClass, ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']);
  }

  #admitsServers(podClass: number, { supposed, servers }: DnsServers): boolean {
    const { analysis, profile } = this;
    if (supposed !== null) {
      const sent = egressToSupposedPod(analysis, podClass, supposed);
      return isCommon(analysis, sent, analysis.traffic.add(profile.dns.traffic));
    }
    return [...servers].some(([server, queries]) =>
      isAdmitted(analysis, 'EGRESS', podClass, server, queries),
    );
  }

  #isTaken(podClass: number): boolean {
    const { analysis, servers } = this;
    // Nothing is known of the policies of supposed ones.
    if (servers?.supposed !== null) return true;
    return [...servers.servers].some(([server, queries]) => {
      const sent = analysis.sideTraffic('EGRESS', podClass, server);
      const asked = analysis.traffic.intersection(sent, queries);
      return isAdmitted(analysis, 'INGRESS', server, podClass, asked);
    });
  }
}

/** Whether some egress rule names a port of DNS: for addresses, or for whomever where the servers are not known. */
function isMeantForDns(analysis: Analysis, podClass: number, isForAnyone: boolean): boolean {
  const isMeant = (peer: PolicyPeer): boolean => isForAnyone || peer.kind !== 'pods';
  return analysis
    .selectingPolicies('EGRESS', podClass)
    .some((policy) =>
      analysis.view
        .policy(policy)
        .spec.egress.some(
          ({ action, peers, ports }) =>
            action === 'ALLOW' &&
            ports !== null &&
            ports.some(isDnsPort) &&
            (peers === null || peers.some(isMeant)),
        ),
    );
}

function isDnsPort({ port, endPort }: PolicyPort): boolean {
  if (port === null) return false;
  if (typeof port === 'string') return port.startsWith(DNS_PORT_NAME);
  return endPort === null && DNS_PORTS.includes(port);
}
