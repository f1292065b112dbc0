import { type Analysis, NO_CLASS, NO_TRAFFIC, selectPods, serviceTargets } from '@portolan/engine';
import {
  type DnsProfile,
  type HypotheticalPod,
  type Labels,
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  parseSelector,
  type WorkloadSelector,
} from '@portolan/model';
import { classesOf } from './admitted.js';

/** The port that queries are sent to. */
const DNS_PORT = 53;
/** The label of DNS servers by the names of distributions, where the profile's are not in the snapshot. */
const USUAL_LABELS: Labels = {
  'k8s-app': 'kube-dns',
  'app.kubernetes.io/name': 'coredns',
  'dns.operator.openshift.io/daemonset-dns': 'default',
};

/** Who answers the DNS queries of pods. */
export interface DnsServers {
  /** What they would be like, where the snapshot has none; else null. */
  readonly supposed: HypotheticalPod | null;
  /** By class: the traffic that queries are. */
  readonly servers: ReadonlyMap<number, number>;
  /** Addresses at which they are asked, as CIDRs: those of their Services. */
  readonly addresses: readonly string[];
}

/** Finds the pods that the profile means, or supposes them where the snapshot has none; null = nothing can be said of them. */
export function findDnsServers(analysis: Analysis, dns: DnsProfile): DnsServers | null {
  const namespaces = readSelector(dns.pods.namespaces);
  const pods = readSelector(dns.pods.pods);
  const { podClass } = analysis.index.pods;
  const found = selectPods(analysis, namespaces, pods).filter((pod) => podClass[pod] !== NO_CLASS);
  if (found.length === 0)
    return { supposed: serverPod(namespaces, pods), servers: new Map(), addresses: [] };
  const classes = new Set(found.map((pod) => podClass[pod]!));
  const all = analysis.traffic.add(dns.traffic);
  const { servers, addresses } = behindServices(analysis, classes);
  const isKnown = [...servers.values()].some((traffic) => traffic !== NO_TRAFFIC);
  const known = isKnown ? servers : new Map(Array.from(classes, (one) => [one, all]));
  // Selectors match no pod in the network of its node.
  const own = new Map([...known].filter(([one]) => !analysis.isNode(one)));
  if (own.size === 0) return null;
  return { supposed: null, servers: own, addresses };
}

/** Services with the port of DNS whose pods are among some classes. */
function behindServices(
  analysis: Analysis,
  classes: ReadonlySet<number>,
): { readonly servers: Map<number, number>; readonly addresses: string[] } {
  const { view, index } = analysis;
  const servers = new Map<number, number>();
  const addresses: string[] = [];
  const namespaces = new Set(Array.from(classes, (one) => index.classes.namespace[one]!));
  for (const namespace of namespaces)
    for (const { index: service, spec } of view.services.inNamespace(namespace)) {
      if (!spec.ports.some(({ port }) => port === DNS_PORT)) continue;
      const targets = serviceTargets(analysis, service, ({ port }) => port === DNS_PORT);
      const own = [...targets].filter(([one]) => classes.has(one));
      if (own.length === 0) continue;
      for (const [one, traffic] of own)
        servers.set(one, analysis.traffic.union(servers.get(one) ?? NO_TRAFFIC, traffic));
      addresses.push(...spec.clusterIPs.map(single));
    }
  return { servers, addresses };
}

/** One address as a CIDR. */
export function single(address: string): string {
  return `${address}/${address.includes(':') ? '128' : '32'}`;
}

/** A pod that the selectors fit, with the labels that DNS servers have besides. */
function serverPod(namespaces: LabelSelector, pods: LabelSelector): HypotheticalPod {
  const namespaceLabels = labelsFitting(namespaces);
  const namespace = namespaceLabels[NAMESPACE_NAME_LABEL] ?? 'kube-system';
  return {
    namespace,
    // What people label it with, where its own labels are not known.
    namespaceLabels: { name: namespace, ...namespaceLabels },
    labels: { ...USUAL_LABELS, ...labelsFitting(pods) },
    ports: [],
  };
}

function labelsFitting(selector: LabelSelector): Labels {
  return Object.fromEntries(
    selector.flatMap(({ key, operator, values }) =>
      operator === 'In' || operator === 'Exists' ? [[key, values[0] ?? '']] : [],
    ),
  );
}

/** Texts of a profile are checked when they are set. */
export function readSelector(text: string | null): LabelSelector {
  const parsed = parseSelector(text ?? '');
  return parsed.ok ? parsed.selector : [];
}

/** For people: `pods k8s-app=kube-dns in kube-system`. */
export function selectionText({ namespaces, pods }: WorkloadSelector): string {
  const which = pods === null || pods === '' ? 'the pods' : `pods ${pods}`;
  if (namespaces === null || namespaces === '') return which;
  const name = namespaces.startsWith(`${NAMESPACE_NAME_LABEL}=`)
    ? namespaces.slice(NAMESPACE_NAME_LABEL.length + 1)
    : `namespaces ${namespaces}`;
  return `${which} in ${name}`;
}

/** Whether pods of a workload are servers themselves: they ask others than themselves. */
export function isServer(analysis: Analysis, { servers }: DnsServers, workload: number): boolean {
  return classesOf(analysis, workload).some((one) => servers.has(one));
}
