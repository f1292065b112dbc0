import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateCluster } from '../clusters/generate.js';
import { type Format, kubectlList } from '../clusters/kubectl-list.js';
import { jsonList } from '../clusters/load.js';
import { PROFILES } from '../clusters/profiles.js';
import { ask, post, type Server, startServer } from '../server.js';

/**
 * Prints how much memory a server takes (its resident set, in MB): `yaml` and `json`, while it reads 150,000 pods in one list of 1 GB as
 * kubectl prints it; `snapshots`, when it holds three snapshots of that size.
 */
export interface ServerMemory {
  /** Most that it ever was; null where the system does not tell. */
  readonly peak: number | null;
  /** At the end. */
  readonly last: number | null;
  readonly uploadedBytes: number;
  readonly seconds: number;
}

const MEGABYTE = 1e6;
/** ConfigMaps of each container, which make XL 1 GB. */
const SOURCES = { yaml: 36, json: 0 } as const;
const SNAPSHOTS = 3;

const task = process.argv[2] as Format | 'snapshots';
const server: Server = {
  ...(await startServer({ PORTOLAN_MAX_UPLOAD_BYTES: '2GiB' })),
  // A connection of its own for each request: while a cluster is generated nobody hears that one is closed.
  agent: new Agent(),
};
try {
  const begin = performance.now();
  const uploadedBytes = task === 'snapshots' ? await askThree() : await uploadList(task);
  const seconds = (performance.now() - begin) / 1000;
  const result: ServerMemory = { ...memoryOf(server), uploadedBytes, seconds };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await server.stop();
}

async function uploadList(format: Format): Promise<number> {
  const objects = generateCluster(PROFILES.XL).flatMap((namespace) => namespace.objects);
  let bytes = 0;
  await upload(
    'list',
    (function* () {
      for (const text of kubectlList(format, objects, SOURCES[format])) {
        bytes += text.length;
        yield text;
      }
    })(),
  );
  return bytes;
}

async function askThree(): Promise<number> {
  let bytes = 0;
  for (let i = 0; i < SNAPSHOTS; i++) {
    const profile = { ...PROFILES.XL, seed: PROFILES.XL.seed + i };
    const body = jsonList(generateCluster(profile).flatMap((namespace) => namespace.objects));
    bytes += body.length;
    await upload(`xl-${i}`, body);
  }
  // Twice: the second time all of them have to be there.
  for (let i = 0; i < 2 * SNAPSHOTS; i++) await askAbout(`xl-${i % SNAPSHOTS}`);
  return bytes;
}

async function upload(slug: string, body: string | Iterable<string>): Promise<void> {
  await ask(server, `mutation { createCluster(input: { slug: "${slug}" }) { cluster { id } } }`);
  const path = `/v1/clusters/${slug}/snapshots?waitSeconds=0&completeness=COMPLETE`;
  const answer = await post(server, path, 'application/octet-stream', body);
  const { job } = JSON.parse(answer) as { job?: { id: string } };
  if (job === undefined) throw new Error(`the server answered ${answer.slice(0, 500)}`);
  for (;;) {
    await sleep(200);
    const query = `{ job(id: "${job.id}") { status error { message } result { ... on Snapshot { stats { pods } } } } }`;
    const found = await ask<{ job: JobState }>(server, query);
    const { status, result } = found.job;
    if (status === 'FAILED') throw new Error(JSON.stringify(found));
    if (status !== 'COMPLETED') continue;
    if (result?.stats.pods === PROFILES.XL.pods) return;
    throw new Error(`the snapshot has ${JSON.stringify(result)}`);
  }
}

interface JobState {
  readonly status: string;
  readonly result: { readonly stats: { readonly pods: number } } | null;
}

async function askAbout(slug: string): Promise<void> {
  await ask(
    server,
    `{ cluster(slug: "${slug}") { latestSnapshot { whoCanReach(target: { cidr: "10.0.0.1/32" }, first: 100) { totalCount } } } }`,
  );
}

function memoryOf({ pid }: Server): Pick<ServerMemory, 'peak' | 'last'> {
  if (process.platform !== 'linux') return { peak: null, last: null };
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string): number =>
    (Number(new RegExp(`^${field}:\\s*(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024) / MEGABYTE;
  return { peak: megabytes('VmHWM'), last: megabytes('VmRSS') };
}
