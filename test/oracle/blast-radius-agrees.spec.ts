import { type Analysis, blastRadius } from '@portolan/engine';
import {
  ANY_TRAFFIC,
  type BlastRadius,
  commonTraffic,
  MAX_PORT,
  type TrafficQuery,
  type TrafficSet,
} from '@portolan/model';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { arbitraryCluster } from './arbitrary-cluster.js';
import { withSwitches, type ReadObjects } from './arbitrary-switches.js';
import { readCluster } from './cluster.js';
import { selectionOf } from './engine-agreement/ask-engine.js';
import { Disagreement, same } from './engine-agreement/disagreement.js';
import { refKey, workloadKey } from './engine-agreement/names.js';
import { ExpectedAccess, keyOf } from './expected-access.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';
import type { Pod } from './workloads.js';

const RUNS = runCount(200);
const arbitraryQuestion = fc.record({
  read: withSwitches(arbitraryCluster),
  traffic: fc.constantFrom<TrafficQuery>(ANY_TRAFFIC, {
    ...ANY_TRAFFIC,
    protocol: 'TCP',
    port: 80,
  }),
  maxHops: fc.constantFrom(1, 2, null),
});

describe(`engine and oracle on ${RUNS} blast radii (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'agree on the hops to every workload, and on the steps',
    async () => {
      await checkGenerated(
        arbitraryQuestion,
        { runs: RUNS, seed: seed() },
        ({ read }) => showObjects(read.objects),
        compare,
      );
    },
    timeFor(RUNS),
  );
});

interface Generated {
  readonly read: ReadObjects;
  readonly traffic: TrafficQuery;
  readonly maxHops: number | null;
}

async function compare({ read, traffic, maxHops }: Generated): Promise<void> {
  const { analysis } = await analyseObjects(read.objects, read.switches);
  const expected = new ExpectedAccess(readCluster(read.objects, read.switches));
  for (const source of expected.cluster.pods) {
    const hops = hopsFrom(expected, source, traffic, maxHops ?? Infinity);
    const ask = (hop: number): BlastRadius => askRadius(analysis, source, traffic, maxHops, hop);
    const wanted = byWorkload(hops, source);
    const found = ask(1);
    same(`${keyOf(source)}: workloads`, found.workloadCount, wanted.size);
    for (const { hop, workloadCount } of found.hops) {
      const rows = hop === 1 ? found.rows : ask(hop).rows;
      const names = [...wanted].filter(([, at]) => at === hop).map(([name]) => name);
      same(
        `${keyOf(source)}: hop ${hop}`,
        rows.map((row) => refKey(row.destination)).sort(),
        names.sort(),
      );
      same(`${keyOf(source)}: count of hop ${hop}`, workloadCount, names.length);
      for (const row of rows)
        if (row.traffic.length === 0) throw new Disagreement(`a step without traffic`);
    }
  }
}

/** By pod: in how many steps it is reached, for all that the oracle says of pairs. */
function hopsFrom(
  expected: ExpectedAccess,
  source: Pod,
  query: TrafficQuery,
  maxHops: number,
): Map<Pod, number> {
  const hops = new Map<Pod, number>([[source, 0]]);
  for (const [pod, hop] of hops) {
    if (hop === maxHops) continue;
    for (const next of expected.cluster.pods)
      if (!hops.has(next) && asked(expected.between(pod, next), query).length > 0)
        hops.set(next, hop + 1);
  }
  return hops;
}

function asked(traffic: TrafficSet, { protocol, port }: TrafficQuery): TrafficSet {
  if (protocol === null || protocol === 'OTHER') return traffic;
  return commonTraffic(traffic, [{ protocol, from: port ?? 1, to: port ?? MAX_PORT }]);
}

/** By workload, those of the source left out. */
function byWorkload(hops: ReadonlyMap<Pod, number>, source: Pod): Map<string, number> {
  const found = new Map<string, number>();
  for (const [pod, hop] of hops) {
    const name = workloadKey(pod);
    if (name !== workloadKey(source) && !found.has(name)) found.set(name, hop);
  }
  return found;
}

function askRadius(
  analysis: Analysis,
  source: Pod,
  traffic: TrafficQuery,
  maxHops: number | null,
  hop: number,
): BlastRadius {
  const answer = blastRadius(analysis, {
    source: selectionOf(source),
    traffic,
    maxHops,
    hosts: true,
    isEnforced: true,
    rowsOfHop: { hop, page: { offset: 0, limit: 1_000 } },
    pathTo: null,
  });
  if (!answer.ok) throw new Disagreement(`${keyOf(source)}: ${answer.problem.message}`);
  return answer.answer;
}
