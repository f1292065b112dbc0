import {
  FULL_TRAFFIC,
  groupOf,
  NO_ROW,
  NO_TRAFFIC,
  trafficWithWholeCluster,
  WholeClusterRules,
} from '@portolan/engine';
import {
  ALL_TRAFFIC,
  type ContainerPort,
  type PolicyRule,
  rulesOf,
  type SensitivePort,
  sensitivePorts,
  type TrafficSet,
} from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { Found, FindingRule } from '../../finding-rule.js';
import { remembered } from '../../remembered.js';

/** The kubelet and most API servers are no pods; metrics servers and aggregated APIs, which listen there as well, are open to them. */
const OFTEN_OTHERS = [6443, 10250];

/** A port of databases and the like that every pod of the cluster, or the internet, may use. */
export const SENSITIVE_PORT_WIDE: FindingRule = {
  id: 'NP309',
  name: 'sensitive-port-wide',
  category: 'PORT',
  severity: 'HIGH',
  description:
    'A port behind which there usually is a database, a queue or a control plane is open to every pod of the cluster, or to more.',
  remediation: 'Name the peers that need the port.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const seen = new Set<string>();
    const whole = new WholeClusterRules(context.analysis);
    for (const [, classes] of context.rows.of('INGRESS'))
      for (const found of byRules(context, whole, classes)) {
        const text = JSON.stringify([found.object, found.place, found.key]);
        if (seen.has(text)) continue;
        seen.add(text);
        report(found);
      }
    for (const found of withoutIsolation(context)) report(found);
  },
};

/** Rules that let everybody in: only ports count that they name one by one, or that pods declare. */
function* byRules(
  context: FindingContext,
  wholeCluster: WholeClusterRules,
  classes: readonly number[],
): Generator<Found> {
  const { analysis, view, internet, podPorts } = context;
  const [subject] = classes;
  if (subject === undefined || !analysis.index.isEnforced) return;
  const whole = wholeCluster.of('INGRESS', subject, FULL_TRAFFIC);
  const open = internet.of('INGRESS', subject);
  if (whole.length + open.length === 0) return;
  const declared = classes.flatMap((one) => podPorts.declared(one).ports);
  const levels = [
    {
      who: 'every pod of the cluster',
      rules: whole.map(({ policy, rule: at, traffic }) => ({
        policy,
        at,
        rule: rulesOf(view.policy(policy).spec, 'INGRESS')[at]!,
        traffic,
      })),
    },
    { who: 'the internet', rules: open },
  ];
  const told = new Set<PolicyRule>();
  for (const { who, rules } of levels)
    for (const { policy, at, rule, traffic } of rules) {
      if (told.has(rule)) continue;
      told.add(rule);
      for (const port of portsInUse(traffic, declared, rule))
        yield {
          object: { kind: 'POLICY', index: policy },
          place: { direction: 'INGRESS', rule: at, peer: null, port: null },
          message: `Lets ${who} reach ${portText(port)}.`,
          ...judged(port),
        };
    }
}

/** Workloads of which no policy isolates some pods. */
function* withoutIsolation({ analysis, view }: FindingContext): Generator<Found> {
  const { rowOfClass } = analysis.index.ingress;
  const scratch = new Int32Array(analysis.index.classes.count);
  const byRow = new Map([[NO_ROW, FULL_TRAFFIC]]);
  const openTo = (one: number): number => {
    const row = rowOfClass[one]!;
    if (analysis.isNode(one) || (row !== NO_ROW && analysis.isIsolated('INGRESS', one)))
      return NO_TRAFFIC;
    return remembered(byRow, row, () => trafficWithWholeCluster(analysis, 'INGRESS', one, scratch));
  };
  for (let index = 0; index < view.workloadCount; index++) {
    const { ports } = view.workload(index);
    // Most have none, and what policies let pass is seldom asked.
    if (portsInUse(ALL_TRAFFIC, ports, null).length === 0) continue;
    const classes = Array.from(groupOf(analysis.index.classes.ofWorkload, index), openTo);
    const open = analysis.traffic.get(analysis.traffic.unionOf(classes));
    for (const port of portsInUse(open, ports, null))
      yield {
        object: { kind: 'WORKLOAD', index },
        message: `Every pod of the cluster may reach ${portText(port)}: no policy isolates the ingress.`,
        ...judged(port),
      };
  }
}

function portsInUse(
  traffic: TrafficSet,
  declared: readonly ContainerPort[],
  rule: PolicyRule | null,
): SensitivePort[] {
  const named = rule?.ports ?? [];
  return sensitivePorts(traffic).filter(
    ({ protocol, from, to }) =>
      declared.some((one) => one.protocol === protocol && one.port >= from && one.port <= to) ||
      named.some(
        ({ port, endPort }) => typeof port === 'number' && port >= from && (endPort ?? port) <= to,
      ),
  );
}

function portText({ protocol, from, to, service }: SensitivePort): string {
  return `${protocol} ${String(from)}${from === to ? '' : `-${String(to)}`} (${service})`;
}

function judged(port: SensitivePort): Pick<Found, 'key' | 'severity' | 'confidence'> {
  const key = portText(port);
  return OFTEN_OTHERS.includes(port.from)
    ? { key, severity: 'LOW', confidence: 'POSSIBLE' }
    : { key, severity: 'HIGH', confidence: 'LIKELY' };
}
