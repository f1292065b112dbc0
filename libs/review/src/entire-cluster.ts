import { type Analysis, reachableFrom } from '@portolan/engine';
import {
  ANY_TRAFFIC,
  DEFAULT_PEER_SCOPE,
  type HypotheticalPod,
  type TrafficSet,
  trafficDifference,
} from '@portolan/model';
import { stableName } from './access-facts.js';

/** A name that no namespace has: it is longer than Kubernetes allows. */
const NOWHERE = `stranger-${'x'.repeat(63)}`;

/** A pod of which no policy can know anything: whoever lets it in lets the whole cluster in. */
const STRANGER: HypotheticalPod = {
  namespace: NOWHERE,
  namespaceLabels: {},
  labels: {},
  ports: [],
};

/** Workloads by their stable names that let the whole cluster in on some traffic, and did not before. */
export function newlyOpenToCluster(
  base: Analysis,
  head: Analysis,
): ReadonlyMap<string, TrafficSet> {
  const [before, after] = [openToCluster(base), openToCluster(head)];
  const found = new Map<string, TrafficSet>();
  for (const [name, traffic] of after) {
    const opened = trafficDifference(traffic, before.get(name) ?? []);
    if (opened.length > 0) found.set(name, opened);
  }
  return found;
}

/** Addresses and pods on the network of their node have no policies, and are left out. */
function openToCluster(analysis: Analysis): Map<string, TrafficSet> {
  const asked = reachableFrom(analysis, {
    endpoint: { kind: 'hypotheticalPod', pod: STRANGER },
    traffic: ANY_TRAFFIC,
    groupBy: 'WORKLOAD',
    peers: { ...DEFAULT_PEER_SCOPE, external: false, hosts: false },
    page: { offset: 0, limit: Number.MAX_SAFE_INTEGER },
    isExplained: false,
    isEnforced: true,
  });
  if (!asked.ok) return new Map();
  return new Map(asked.answer.rows.map((row) => [stableName(row.destination), row.traffic]));
}
