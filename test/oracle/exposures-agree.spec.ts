import { type Analysis, canReach, exposures, PUBLIC_CIDRS } from '@portolan/engine';
import {
  ANY_TRAFFIC,
  type Direction,
  type EndpointSelection,
  type Exposure,
  type ExposureLevel,
  formatTraffic,
  invariant,
  PROTOCOLS,
  type TrafficSet,
} from '@portolan/model';
import { describe, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { arbitraryCluster } from './arbitrary-cluster.js';
import { same } from './engine-agreement/disagreement.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';
import type { KubernetesObject } from './kubernetes.js';

const RUNS = runCount(100);

describe(`exposures and single questions on ${RUNS} generated clusters (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'agree on what passes',
    async () => {
      await checkGenerated(arbitraryCluster, { runs: RUNS, seed: seed() }, showObjects, compare);
    },
    timeFor(RUNS),
  );
});

/** `canReach` agrees with the oracle, and is asked about every pair here. */
async function compare(objects: KubernetesObject[]): Promise<void> {
  const { analysis } = await analyseObjects(objects);
  const { view } = analysis;
  const pods = Array.from({ length: view.podCount }, (_, i) => view.pod(i));
  // What passes because of a shared node is no exposure.
  if (pods.some(({ hostNetwork }) => hostNetwork)) return;
  const rows = allRows(analysis);
  for (let workload = 0; workload < view.workloadCount; workload++) {
    const own = pods.filter((pod) => pod.workload === workload && !pod.terminated);
    if (own.length === 0) continue;
    const namespace = view.namespaceOfWorkload(workload);
    const others = pods.filter((pod) => pod.namespace !== namespace && !pod.terminated);
    for (const direction of ['INGRESS', 'EGRESS'] as const) {
      const of = (level: ExposureLevel): string =>
        formatTraffic(rowOf(rows, workload, direction, level)?.traffic ?? []);
      const self = selectionOf(analysis, workload);
      const passes = (peer: EndpointSelection): TrafficSet => ask(analysis, direction, self, peer);
      const name = `${view.workloadIdentity(workload).name} ${direction}`;
      const between = others.flatMap((pod) => passes(selectionOf(analysis, pod.workload)));
      same(`${name} OTHER_NAMESPACES`, of('OTHER_NAMESPACES'), textOf(between));
      const outside = PUBLIC_CIDRS.flatMap((cidr) => passes({ kind: 'cidr', cidr }));
      same(`${name} INTERNET`, of('INTERNET'), textOf(outside));
    }
  }
}

function allRows(analysis: Analysis): readonly Exposure[] {
  const asked = exposures(analysis, {
    direction: null,
    atLeast: 'NAMESPACE',
    namespaces: null,
    published: null,
    isolated: null,
    ingressControllers: null,
    isEnforced: true,
    page: { offset: 0, limit: 1_000 },
  });
  invariant(asked.ok, 'exposures are told');
  return asked.answer.rows;
}

function rowOf(
  rows: readonly Exposure[],
  workload: number,
  direction: Direction,
  level: ExposureLevel,
): Exposure | undefined {
  return rows.find(
    (row) => row.workload === workload && row.direction === direction && row.level === level,
  );
}

function selectionOf({ view }: Analysis, workload: number): EndpointSelection {
  const { namespace, name, kind } = view.workloadIdentity(workload);
  return { kind: 'workload', namespace, name, workloadKind: kind };
}

function ask(
  analysis: Analysis,
  direction: Direction,
  self: EndpointSelection,
  peer: EndpointSelection,
): TrafficSet {
  const [from, to] = direction === 'INGRESS' ? [peer, self] : [self, peer];
  const asked = canReach(analysis, { from, to, traffic: ANY_TRAFFIC, isEnforced: true });
  return asked.ok ? asked.answer.allowed : [];
}

/** The union, in words. */
function textOf(ranges: TrafficSet): string {
  const merged = PROTOCOLS.flatMap((protocol) => {
    const own = ranges
      .filter((range) => range.protocol === protocol)
      .sort((a, b) => a.from - b.from);
    const found: { from: number; to: number }[] = [];
    for (const { from, to } of own) {
      const last = found.at(-1);
      if (last !== undefined && from <= last.to + 1) last.to = Math.max(last.to, to);
      else found.push({ from, to });
    }
    return found.map((range) => ({ protocol, ...range }));
  });
  return formatTraffic(merged);
}
