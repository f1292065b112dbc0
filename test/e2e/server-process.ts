import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { programFile } from '../support/programs.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The server as `npm start` runs it. Who starts it ends it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  /** All that it wrote so far. */
  readonly output: () => string;
  readonly exit: Promise<number | null>;
  /** Its address, once it serves: of a worker that of its probes. */
  readonly url: Promise<string>;
}

/** Starts a server on a free port, with nothing of our own environment. */
export function startProcess(environment: Readonly<Record<string, string>>): ServerProcess {
  const child = spawn(process.execPath, [programFile('api')], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, PORT: '0', PORTOLAN_THREADS: '2', ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  const url = (async () => {
    for (;;) {
      const [, address] = /(http:\S+)\/(?:graphql|readyz)\n/.exec(output) ?? [];
      if (address !== undefined) return address.replace('localhost', '127.0.0.1');
      if (child.exitCode !== null) throw new Error(output);
      await sleep(20);
    }
  })();
  url.catch(() => undefined);
  return { child, exit, url, output: () => output };
}
