import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** The real service, built, on an embedded database of its own. */
export interface Server {
  readonly url: string;
  readonly agent: Agent;
  /** Of the service, not of its database. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** `settings` = variables of its environment. */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  // A database that does not run as root has to get in.
  await chmod(data, 0o755);
  const main = fileURLToPath(new URL('../apps/api/src/main.js', import.meta.url));
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: '',
    PORTOLAN_DATA: join(data, 'db'),
    PORTOLAN_DEMO: 'false',
    LOG_LEVEL: 'error',
    // As in the image.
    MALLOC_MMAP_THRESHOLD_: '65536',
    MALLOC_TRIM_THRESHOLD_: '131072',
    ...settings,
  };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await addressOf(child);
  const stop = async (): Promise<void> => {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await exited;
    await rm(data, { recursive: true, force: true });
  };
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return { url, agent, pid: child.pid ?? 0, stop };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /http:\/\/[^\s/]+:\d+/.exec(text);
      if (address !== null) resolve(address[0]);
    });
    child.once('exit', (code) => {
      reject(new Error(`the server ended with ${String(code)}`));
    });
  });
}

/** The body of the answer, whatever its status. */
export function post(
  { url, agent }: Server,
  path: string,
  type: string,
  body: string | Iterable<string>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${url}${path}`,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': type,
          ...(typeof body === 'string' && { 'content-length': Buffer.byteLength(body) }),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve(Buffer.concat(chunks).toString());
        });
      },
    );
    outgoing.on('error', reject);
    if (typeof body === 'string') outgoing.end(body);
    else Readable.from(body, { objectMode: false }).pipe(outgoing);
  });
}

/** The data of an answer to a query. */
export async function ask<Data>(
  server: Server,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const body = JSON.stringify({ query, variables });
  const answer = await post(server, '/graphql', 'application/json', body);
  const { data, errors } = JSON.parse(answer) as { data?: Data; errors?: unknown };
  if (errors !== undefined || data === undefined)
    throw new Error(`the server answered ${answer.slice(0, 500)}`);
  return data;
}
