import { SnapshotView } from '@portolan/model';
import { jsonList, loadCluster, segmentsOf } from '../clusters/load.js';
import { generateCluster } from '../clusters/generate.js';
import { PROFILES } from '../clusters/profiles.js';
import type { Figure } from '../goal.js';
import { percentile } from '../measure.js';
import { post, type Server, startServer } from '../server.js';
import { WHO_CAN_REACH } from '../who-can-reach.js';

const NO_OP = '{ __typename }';
const WARM_UP = 300;
const PERCENTILES = [
  { name: 'p50', share: 0.5, bound: 1.5 },
  { name: 'p99', share: 0.99, bound: 2 },
] as const;

/**
 * A warm `whoCanReach` over HTTP against a query that does nothing, on the same server, turn by turn. Each question is asked
 * once, so the server computes every answer; a second round shows what its memory of answers makes of it.
 */
export async function questionGoals(isQuick: boolean): Promise<Figure[]> {
  const server = await startServer();
  try {
    const snapshot = await upload(server);
    const workloads = await targets();
    const warmUp = workloads.splice(0, WARM_UP);
    const measured = isQuick ? workloads.slice(0, 500) : workloads;
    await compare(server, snapshot, warmUp);
    const first = await compare(server, snapshot, measured);
    const again = await compare(server, snapshot, measured);
    return [...figures('each asked once', first), ...figures('asked before', again)];
  } finally {
    await server.stop();
  }
}

interface Times {
  readonly ask: number[];
  readonly noop: number[];
}

async function compare(
  server: Server,
  snapshot: string,
  workloads: readonly Target[],
): Promise<Times> {
  const times: Times = { ask: [], noop: [] };
  for (const workload of workloads) {
    const variables = { snapshot, ...workload };
    times.ask.push(await timed(server, { query: WHO_CAN_REACH, variables }));
    times.noop.push(await timed(server, { query: NO_OP }));
  }
  return times;
}

function figures(which: string, { ask, noop }: Times): Figure[] {
  return PERCENTILES.map(({ name, share, bound }) => {
    const [ours, theirs] = [percentile(ask, share), percentile(noop, share)];
    return {
      id: 'G2',
      what: `warm whoCanReach over HTTP / no-op query, M, ${name}, ${which}`,
      value: ours / theirs,
      unit: 'x' as const,
      bound,
      sense: 'at most' as const,
      detail: `${ours.toFixed(2)} ms against ${theirs.toFixed(2)} ms`,
    };
  });
}

async function upload(server: Server): Promise<string> {
  await post(
    server,
    '/graphql',
    'application/json',
    JSON.stringify({
      query:
        'mutation { createCluster(input: { slug: "bench" }) { cluster { id } userErrors { message } } }',
    }),
  );
  const objects = generateCluster(PROFILES.M).flatMap((namespace) => namespace.objects);
  const path = '/v1/clusters/bench/snapshots?waitSeconds=60&completeness=COMPLETE';
  const answer = await post(server, path, 'application/json', jsonList(objects));
  return (JSON.parse(answer) as { snapshotId: string }).snapshotId;
}

interface Target {
  readonly namespace: string;
  readonly name: string;
}

/** Every workload of the cluster, those of one namespace not in a row. */
async function targets(): Promise<Target[]> {
  const view = new SnapshotView(segmentsOf(await loadCluster('M')));
  const count = view.workloadCount;
  // A step that has no divisor in common with the count visits each workload once.
  const step = [997, 991, 983].find((prime) => count % prime !== 0) ?? 1;
  return Array.from({ length: count }, (_, i) => {
    const { namespace, name } = view.workloadIdentity((i * step) % count);
    return { namespace, name };
  });
}

async function timed(server: Server, body: object): Promise<number> {
  const text = JSON.stringify(body);
  const start = performance.now();
  const answer = await post(server, '/graphql', 'application/json', text);
  const time = performance.now() - start;
  if (answer.includes('"errors"')) throw new Error(`the server answered ${answer.slice(0, 500)}`);
  return time;
}
