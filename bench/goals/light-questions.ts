import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SnapshotView } from '@portolan/model';
import { generateCluster } from '../clusters/generate.js';
import { loadCluster, segmentsOf } from '../clusters/load.js';
import { PROFILES, type ProfileName } from '../clusters/profiles.js';
import type { Figure } from '../goal.js';
import { percentile } from '../measure.js';
import { ask, post, type Server, startServer } from '../server.js';
import { WHO_CAN_REACH } from '../who-can-reach.js';

const HEAVY: ProfileName = 'XL';
const WARM_UP = 300;
const POLL_MS = 500;

/** A light question while a heavy one is answered: a warm `whoCanReach` about M, alone and during a full export of XL that is read as fast as it comes. */
export async function lightQuestionGoals(isQuick: boolean): Promise<Figure[]> {
  if (isQuick) return [figure('p50', null)];
  const workloads = await workloadsOf('M');
  const server = await startServer();
  try {
    const asked = await upload(server, 'M');
    const exported = await upload(server, HEAVY);
    const timeAll = (some: readonly Workload[]): Promise<number[]> => timed(server, asked, some);
    await timeAll(workloads.splice(0, WARM_UP));
    // Each is asked once, so that every answer is computed.
    const alone = await timeAll(workloads.filter((_, i) => i % 2 === 0));
    const reader = await startReader(`${server.url}/v1/snapshots/${exported}/allowed-access`);
    const during = await timeAll(workloads.filter((_, i) => i % 2 === 1));
    await stopReader(reader);
    return [
      figure('p50', [percentile(alone, 0.5), percentile(during, 0.5)]),
      figure('p99', [percentile(alone, 0.99), percentile(during, 0.99)]),
    ];
  } finally {
    await server.stop();
  }
}

/** Of the times alone and during the export, in milliseconds; null = left out. */
function figure(which: string, times: readonly [idle: number, busy: number] | null): Figure {
  return {
    id: 'G2E',
    what: `warm whoCanReach during a full export of ${HEAVY} / without, M, ${which}`,
    value: times && times[1] / times[0],
    unit: 'x',
    bound: 3,
    sense: 'at most',
    detail:
      times === null
        ? 'left out by --quick'
        : `${times[1].toFixed(2)} ms against ${times[0].toFixed(2)} ms`,
  };
}

interface Workload {
  readonly namespace: string;
  readonly name: string;
}

/** Every workload, those of one namespace not in a row. */
async function workloadsOf(name: ProfileName): Promise<Workload[]> {
  const view = new SnapshotView(segmentsOf(await loadCluster(name)));
  const count = view.workloadCount;
  // A step that has no divisor in common with the count visits each workload once.
  const step = [997, 991, 983].find((prime) => count % prime !== 0) ?? 1;
  return Array.from({ length: count }, (_, i) => view.workloadIdentity((i * step) % count));
}

async function timed(
  server: Server,
  snapshot: string,
  workloads: readonly Workload[],
): Promise<number[]> {
  const times: number[] = [];
  for (const { namespace, name } of workloads) {
    const start = performance.now();
    await ask(server, WHO_CAN_REACH, { snapshot, namespace, name });
    times.push(performance.now() - start);
  }
  return times;
}

/** Gives the id of the snapshot. */
async function upload(server: Server, name: ProfileName): Promise<string> {
  const slug = name.toLowerCase();
  await ask(
    server,
    'mutation ($slug: String!) { createCluster(input: { slug: $slug }) { userErrors { message } } }',
    { slug },
  );
  const path = `/v1/clusters/${slug}/snapshots?waitSeconds=0&completeness=COMPLETE`;
  await post(server, path, 'application/json', listOf(name));
  for (;;) {
    const { cluster } = await ask<{ cluster: { latestSnapshot: { id: string } | null } }>(
      server,
      'query ($slug: String!) { cluster(slug: $slug) { latestSnapshot { id } } }',
      { slug },
    );
    if (cluster.latestSnapshot !== null) return cluster.latestSnapshot.id;
    await delay(POLL_MS);
  }
}

/** As a `List` in pieces: as one text it would be longer than texts may be. */
function* listOf(name: ProfileName): Generator<string> {
  let before = '{"apiVersion":"v1","kind":"List","items":[';
  for (const { objects } of generateCluster(PROFILES[name]))
    for (const object of objects) {
      yield `${before}${JSON.stringify(object)}`;
      before = ',';
    }
  yield ']}';
}

async function startReader(address: string): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('../programs/read-stream.js', import.meta.url));
  const reader = spawn(process.execPath, [program, address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(reader.stdout, 'data');
  return reader;
}

async function stopReader(reader: ChildProcess): Promise<void> {
  if (reader.exitCode !== null) throw new Error('the export ended early');
  const exited = once(reader, 'exit');
  reader.kill();
  await exited;
}
