import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, startEmbeddedPostgres, UploadRepository } from '@portolan/store';

/**
 * What a second worker is worth for jobs that wait for a PostgreSQL that is far away, and what it costs to keep an upload there.
 * Run from the root of the repository: `npx tsx bench/programs/scale.ts`. Prints JSON.
 */
const JOBS = 40;
const ONE_WAY_MS = 50;
const UPLOAD_MB = 100;

const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
// As root, PostgreSQL runs as another user, who has to get through.
chmodSync(folder, 0o755);
const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'data') });
const children: ChildProcess[] = [];
try {
  const keeping = await measureUploads();
  const far = await farAway(postgres.url);
  const api = await start('api', postgres.url);
  const workers = [await start('worker', far.url), await start('worker', far.url)];
  const one = await throughput(api.url, workers.slice(0, 1), 'one');
  const two = await throughput(api.url, workers, 'two');
  const ratio = two / one;
  process.stdout.write(`${JSON.stringify({ ...keeping, one, two, ratio }, null, 2)}\n`);
  far.server.close();
} finally {
  for (const child of children) child.kill('SIGKILL');
  await postgres.stop();
  rmSync(postgres.folder, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(role: string, databaseUrl: string): Promise<Started> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'apps/api/src/main.ts'], {
    env: {
      PATH: process.env.PATH,
      ROLE: role,
      DATABASE_URL: databaseUrl,
      PORT: '0',
      PORTOLAN_THREADS: '2',
      PORTOLAN_QUEUE_LIMIT: '1000',
      // A worker that is stopped keeps nothing.
      PORTOLAN_LEASE_SECONDS: '300',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (;;) {
    const [, url] = /(http:\S+)\/(?:graphql|readyz)\n/.exec(output) ?? [];
    if (url !== undefined) return { child, url: url.replace('localhost', '127.0.0.1') };
    if (child.exitCode !== null) throw new Error(output);
    await sleep(50);
  }
}

/** The same PostgreSQL, each byte a while later. */
async function farAway(databaseUrl: string): Promise<{ url: string; server: Server }> {
  const url = new URL(databaseUrl);
  const target = { host: url.hostname, port: Number(url.port) };
  const server = createServer((near) => {
    const distant = connect(target);
    for (const [from, to] of [
      [near, distant],
      [distant, near],
    ] as const) {
      from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), ONE_WAY_MS));
      from.on('close', () => setTimeout(() => to.destroy(), ONE_WAY_MS));
      from.on('error', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.toString(), server };
}

async function post(url: string, query: string): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  return ((await answer.json()) as { data: Record<string, unknown> }).data;
}

/** Jobs a second, when all of them wait already. Each is of a cluster of its own, since uploads to one are stored one by one. */
async function throughput(url: string, workers: readonly Started[], name: string): Promise<number> {
  for (const child of children.slice(1)) child.kill('SIGSTOP');
  const ids: string[] = [];
  for (let i = 0; i < JOBS; i++) {
    const slug = `${name}-${i}`;
    await post(url, `mutation { createCluster(input: { slug: "${slug}" }) { cluster { id } } }`);
    const answer = await fetch(`${url}/v1/clusters/${slug}/snapshots?waitSeconds=0`, {
      method: 'POST',
      body: `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${slug} }\n`,
    });
    ids.push(((await answer.json()) as { job: { id: string } }).job.id);
  }
  const query = `{ ${ids.map((id, i) => `j${i}: job(id: "${id}") { status }`).join(' ')} }`;
  const begin = performance.now();
  for (const { child } of workers) child.kill('SIGCONT');
  for (;;) {
    const jobs = Object.values(await post(url, query)) as { status: string }[];
    if (jobs.every(({ status }) => status === 'COMPLETED')) break;
    if (jobs.some(({ status }) => status === 'FAILED')) throw new Error('a job failed');
    await sleep(50);
  }
  return JOBS / ((performance.now() - begin) / 1000);
}

/** Milliseconds to keep an upload in PostgreSQL, to copy it out, and, to compare, to write it to a file. */
async function measureUploads(): Promise<Record<string, number>> {
  const log = { info: () => undefined, warn: () => undefined };
  const database = await openDatabase({ databaseUrl: postgres.url, log });
  const uploads = new UploadRepository(database);
  const chunks = Array.from({ length: UPLOAD_MB * 16 }, (_, i) =>
    Buffer.alloc(1 << 16, `# ${i} of a manifest\n`),
  );
  try {
    let at = performance.now();
    const lap = (): number => Math.round(-at + (at = performance.now()));
    const file = await open(join(folder, 'upload'), 'wx');
    for (const chunk of chunks) await file.writeFile(chunk);
    await file.close();
    const fileMs = lap();
    const id = await uploads.write(chunks);
    const keepMs = lap();
    let bytes = 0;
    for await (const chunk of uploads.read(id)) bytes += chunk.byteLength;
    const copyMs = lap();
    if (bytes !== UPLOAD_MB << 20) throw new Error(`${bytes} bytes came back`);
    await uploads.remove(id);
    return { uploadMb: UPLOAD_MB, fileMs, keepMs, copyMs, removeMs: lap() };
  } finally {
    await database.close();
  }
}
