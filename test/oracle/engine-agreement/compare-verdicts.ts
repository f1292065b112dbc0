import type { Analysis } from '@portolan/engine';
import {
  ANY_TRAFFIC,
  DIRECTIONS,
  type EndpointSelection,
  formatTraffic,
  type ReachabilityAnswer,
  type RuleMatch as FoundRule,
  type SideExplanation,
  type TrafficQuery,
  type TrafficSet,
  type Verdict,
} from '@portolan/model';
import { askVerdict, selectionOf } from './ask-engine.js';
import { type Endpoint, isPod } from '../cluster.js';
import { same } from './disagreement.js';
import { differentPairs, type ExpectedAccess, includes, type Probe } from '../expected-access.js';
import {
  endpointName,
  foundPolicyKey,
  foundRuleKey,
  groupPods,
  policyKey,
  probeName,
  ruleKey,
} from './names.js';
import { both, type Outcome, type Side } from '../oracle.js';
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
        const of = (outcome: Outcome): TrafficSet =>
          this.expected.ofSome(outcome, sources, destinations);
        const wanted = { ALLOWED: of('ALLOWED'), DENIED: of('DENIED'), UNKNOWN: of('UNKNOWN') };
        this.#compareAnswer(what, answer, wanted);
      }
  }

  #compareVerdict(source: Endpoint, destination: Endpoint): void {
    const what = `canReach ${endpointName(source)} → ${endpointName(destination)}`;
    const answer = this.#ask(source, destination, ANY_TRAFFIC);
    this.#compareAnswer(what, answer, this.expected.outcomes(source, destination));
  }

  #compareAnswer(
    what: string,
    { allowed, denied, unknown, verdict }: ReachabilityAnswer,
    wanted: Readonly<Record<Outcome, TrafficSet>>,
  ): void {
    same(`${what}: allowed`, formatTraffic(allowed), formatTraffic(wanted.ALLOWED));
    same(`${what}: denied`, formatTraffic(denied), formatTraffic(wanted.DENIED));
    same(`${what}: unknown`, formatTraffic(unknown), formatTraffic(wanted.UNKNOWN));
    same(`${what}: verdict`, verdict, verdictOf(wanted));
  }

  #compareProbe(source: Endpoint, destination: Endpoint, at: number): void {
    const probe = this.expected.probes[at]!;
    const what = `canReach ${endpointName(source)} → ${endpointName(destination)} ${probeName(probe)}`;
    const traffic = { ...probe, endPort: null, portName: null };
    const { verdict, explanation } = this.#ask(source, destination, traffic);
    const [egress, ingress] = (['EGRESS', 'INGRESS'] as const).map(
      (direction) => this.expected.sides(direction, source, destination)[at]!,
    );
    same(`${what}: verdict`, verdict, both(egress!, ingress!));
    for (const direction of DIRECTIONS) {
      const wanted = this.expected.sides(direction, source, destination)[at]!;
      const found = direction === 'EGRESS' ? explanation.egress : explanation.ingress;
      this.#compareSide(`${what}, ${direction} side`, found, wanted, probe);
    }
  }

  #compareSide(what: string, found: SideExplanation, wanted: Side, probe: Probe): void {
    const isolatedBy = found.isolatedBy.map((policy) => foundPolicyKey(this.analysis, policy));
    same(`${what}: isolated`, found.isolated, wanted.isolatedBy.length > 0);
    same(`${what}: isolatedBy`, isolatedBy, wanted.isolatedBy.map(policyKey));
    same(`${what}: verdict`, found.verdict, wanted.outcome);
    same(`${what}: reason`, found.reason, wanted.reason);
    for (const list of ['allowedBy', 'deniedBy', 'passedBy'] as const)
      same(`${what}: ${list}`, this.#rulesAt(found[list], probe), wanted[list].map(ruleKey));
    // Of several rules that would allow what is unknown, the first is enough.
    const maybe = wanted.outcome === 'UNKNOWN' ? wanted.maybeAllowedBy.map(ruleKey) : [];
    const foundMaybe = this.#rulesAt(found.maybeAllowedBy, probe);
    const others = foundMaybe.filter((rule) => !maybe.includes(rule));
    same(`${what}: other maybeAllowedBy`, others, []);
    same(`${what}: first maybeAllowedBy`, foundMaybe.slice(0, 1), maybe.slice(0, 1));
  }

  #rulesAt(rules: readonly FoundRule[], probe: Probe): string[] {
    return rules
      .filter(({ traffic }) => includes(traffic, probe))
      .map((rule) => foundRuleKey(this.analysis, rule));
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

/** What is unknown decides unless some traffic is allowed and some denied anyway. */
function verdictOf({ ALLOWED, DENIED, UNKNOWN }: Readonly<Record<Outcome, TrafficSet>>): Verdict {
  if (ALLOWED.length > 0 && DENIED.length > 0) return 'PARTIAL';
  if (UNKNOWN.length > 0) return 'UNKNOWN';
  return DENIED.length === 0 ? 'ALLOWED' : 'DENIED';
}
