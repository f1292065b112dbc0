import type { Analysis } from '@portolan/engine';
import {
  ANY_TRAFFIC,
  DIRECTIONS,
  type EndpointSelection,
  formatTraffic,
  type ReachabilityAnswer,
  type SideExplanation,
  type TrafficQuery,
  type TrafficSet,
} from '@portolan/model';
import { askVerdict, selectionOf } from './ask-engine.js';
import { same } from './disagreement.js';
import {
  complement,
  differentPairs,
  type ExpectedAccess,
  includes,
  type Probe,
} from '../expected-access.js';
import { endpointName, foundRuleKey, groupPods, policyKey, probeName, ruleKey } from './names.js';
import { type Endpoint, isPod, type Side } from '../oracle.js';
import { externalAddresses } from '../sample-points.js';
import type { Pod } from '../workloads.js';

/** Compares `canReach` and its explanation, for pairs of pods, for addresses, and for namespaces. */
export function compareVerdicts(analysis: Analysis, expected: ExpectedAccess): void {
  new VerdictComparison(analysis, expected).run();
}

class VerdictComparison {
  readonly #pods: readonly Pod[];

  constructor(
    private readonly analysis: Analysis,
    private readonly expected: ExpectedAccess,
  ) {
    this.#pods = expected.cluster.pods;
  }

  /** `canReach` of every pair; the port asked about alone goes round. */
  run(): void {
    const { probes } = this.expected;
    let turn = 0;
    const next = (): number => (turn = (turn + 7) % probes.length);
    for (const [at, pod] of this.#pods.entries()) {
      for (const destination of this.#pods) {
        this.#compareVerdict(pod, destination);
        this.#compareProbe(pod, destination, next());
      }
      // Rows have said everything about addresses: a third of them with each pod, one way, is enough here.
      for (const [i, address] of externalAddresses(this.expected.cluster).entries()) {
        if ((i + at) % 3 !== 0 || isHostAddress(this.#pods, address)) continue;
        const [source, destination] = i % 2 === 0 ? [pod, address] : [address, pod];
        this.#compareProbe(source, destination, next());
      }
    }
    this.#compareNamespaces();
  }

  /** Between namespaces: what some pair may exchange, and what some pair may not. A pod and itself are no pair. */
  #compareNamespaces(): void {
    const namespaces = [...groupPods(this.#pods, ({ namespace }) => namespace)];
    for (const [source, sources] of namespaces)
      for (const [destination, destinations] of namespaces) {
        // Of a pod alone in its namespace only itself is left.
        if (differentPairs(sources, destinations).length === 0) continue;
        const what = `canReach namespace ${source} → namespace ${destination}`;
        const [from, to] = [source, destination].map(namespaceSelection);
        const answer = askVerdict(this.analysis, from!, to!, ANY_TRAFFIC);
        const allowed = this.expected.betweenSome(sources, destinations);
        const denied = this.expected.deniedToSome(sources, destinations);
        same(`${what}: allowed`, formatTraffic(answer.allowed), formatTraffic(allowed));
        same(`${what}: denied`, formatTraffic(answer.denied), formatTraffic(denied));
        same(`${what}: verdict`, answer.verdict, verdictOf(allowed, denied));
      }
  }

  #compareVerdict(source: Endpoint, destination: Endpoint): void {
    const what = `canReach ${endpointName(source)} → ${endpointName(destination)}`;
    const answer = this.#ask(source, destination, ANY_TRAFFIC);
    const allowed = this.expected.between(source, destination);
    const denied = complement(this.expected.intervals, allowed);
    same(`${what}: allowed`, formatTraffic(answer.allowed), formatTraffic(allowed));
    same(`${what}: denied`, formatTraffic(answer.denied), formatTraffic(denied));
    same(`${what}: verdict`, answer.verdict, verdictOf(allowed, denied));
  }

  #compareProbe(source: Endpoint, destination: Endpoint, at: number): void {
    const probe = this.expected.probes[at]!;
    const what = `canReach ${endpointName(source)} → ${endpointName(destination)} ${probeName(probe)}`;
    const traffic = { ...probe, endPort: null, portName: null };
    const { verdict, explanation } = this.#ask(source, destination, traffic);
    const isAllowed = includes(this.expected.between(source, destination), probe);
    same(`${what}: verdict`, verdict, isAllowed ? 'ALLOWED' : 'DENIED');
    for (const direction of DIRECTIONS) {
      const wanted = this.expected.sides(direction, source, destination)[at]!;
      const found = direction === 'EGRESS' ? explanation.egress : explanation.ingress;
      this.#compareSide(`${what}, ${direction} side`, found, wanted, probe);
    }
  }

  #compareSide(what: string, found: SideExplanation, wanted: Side, probe: Probe): void {
    const isolatedBy = found.isolatedBy.map((policy) => policyKey(this.analysis, policy));
    const isolating = wanted.isolatedBy.map(({ namespace, name }) => `${namespace}/${name}`);
    same(`${what}: isolated`, found.isolated, isolating.length > 0);
    same(`${what}: isolatedBy`, isolatedBy, isolating);
    const reason = wanted.reason === 'DENIED' ? 'DENIED_BY_ISOLATION' : wanted.reason;
    same(`${what}: reason`, found.reason, reason);
    const allowedBy = found.allowedBy
      .filter(({ traffic }) => includes(traffic, probe))
      .map((rule) => foundRuleKey(this.analysis, rule));
    same(`${what}: allowedBy`, allowedBy, wanted.admitting.map(ruleKey));
  }

  #ask(source: Endpoint, destination: Endpoint, traffic: TrafficQuery): ReachabilityAnswer {
    return askVerdict(this.analysis, selectionOf(source), selectionOf(destination), traffic);
  }
}

function namespaceSelection(name: string): EndpointSelection {
  return { kind: 'namespace', name };
}

/** The address of a node on which hostNetwork pods run means these pods. */
function isHostAddress(pods: readonly Pod[], endpoint: Endpoint): boolean {
  return (
    !isPod(endpoint) &&
    pods.some((pod) =>
      pod.ips.some((ip) => ip.family === endpoint.family && ip.value === endpoint.value),
    )
  );
}

function verdictOf(allowed: TrafficSet, denied: TrafficSet): string {
  if (denied.length === 0) return 'ALLOWED';
  return allowed.length === 0 ? 'DENIED' : 'PARTIAL';
}
