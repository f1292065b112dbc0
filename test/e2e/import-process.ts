import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { programFile } from '../support/programs.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** `npm run import`, without npm. */
export interface ImportProcess {
  readonly child: ChildProcess;
  /** All that it wrote so far. */
  readonly output: () => string;
  readonly exit: Promise<number | null>;
}

/** Starts an import with nothing in its environment but what is said. */
export function startImport(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ImportProcess {
  const child = spawn(process.execPath, [programFile('import'), ...args], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return { child, exit, output: () => output };
}
