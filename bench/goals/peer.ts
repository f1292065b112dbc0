import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateCluster } from '../clusters/generate.js';
import { kubectlYaml } from '../clusters/kubectl-yaml.js';
import { PROFILES } from '../clusters/profiles.js';
import type { Figure } from '../goal.js';

/** Pods of a folder, and how many times as long the other command may take there for the goal to hold. */
const SIZES = [
  { pods: 1_000, bound: 10, runs: 3 },
  { pods: 3_000, bound: 100, runs: 2 },
  { pods: 10_000, bound: 1_500, runs: 1 },
];
/** Milliseconds after which the other command is stopped. */
const PATIENCE = 25 * 60_000;
const OURS = [
  process.execPath,
  fileURLToPath(new URL('../../apps/cli/src/main.js', import.meta.url)),
];

/**
 * Whole processes on the same folders: `portolan list`, and a command of another analyser, in which `{dir}` stands for the folder.
 * Null = none to compare with.
 *
 * @throws when a command cannot be run, or fails.
 */
export async function peerGoals(isQuick: boolean, command: string | null): Promise<Figure[]> {
  const root = await mkdtemp(join(tmpdir(), 'portolan-bench-'));
  try {
    const figures: Figure[] = [];
    for (const size of isQuick ? SIZES.slice(0, 1) : SIZES)
      figures.push(await compare(command, root, size));
    return figures;
  } finally {
    await rm(root, { recursive: true });
  }
}

/**
 * The command after `--against`; null = there is none to compare with.
 *
 * @throws when it does not say where the folder goes.
 */
export function commandOf(args: readonly string[]): string | null {
  const at = args.indexOf('--against');
  if (at === -1) return null;
  const command = args[at + 1];
  if (command?.includes('{dir}') !== true)
    throw new Error("--against wants a command with {dir} in it, for example 'other list {dir}'");
  return command;
}

async function compare(
  command: string | null,
  root: string,
  { pods, bound, runs }: (typeof SIZES)[number],
): Promise<Figure> {
  const figure = {
    id: 'G5',
    what: `whole process, ${String(pods)} pods: other analyser / portolan list`,
    unit: 'x' as const,
    bound,
    sense: 'at least' as const,
  };
  if (command === null)
    return {
      ...figure,
      value: null,
      detail: "--against 'COMMAND {dir}' names one to compare with",
    };
  const dir = join(root, String(pods));
  await writeFolder(dir, pods);
  const ours = await fastest(runs, OURS[0]!, [OURS[1]!, 'list', dir]);
  const theirs = await fastest(runs, '/bin/sh', ['-c', command.replaceAll('{dir}', dir)]);
  const stopped = theirs >= PATIENCE ? ', where it was stopped' : '';
  return {
    ...figure,
    value: theirs / ours,
    detail: `${theirs.toFixed(0)} ms${stopped} against ${ours.toFixed(0)} ms`,
  };
}

/** A file for each namespace, a tenth as many policies as pods. */
async function writeFolder(dir: string, pods: number): Promise<void> {
  await mkdir(dir);
  const namespaces = generateCluster({
    ...PROFILES.M,
    namespaces: pods / 50,
    pods,
    policies: pods / 10,
    nodes: pods / 50,
  });
  for (const { name, objects } of namespaces)
    await writeFile(join(dir, `${name}.yaml`), kubectlYaml(objects));
}

/** Milliseconds of the shortest run. */
async function fastest(runs: number, program: string, args: readonly string[]): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < runs && best !== PATIENCE; i++)
    best = Math.min(best, await run(program, args));
  return best;
}

/** Milliseconds that a process takes, at most PATIENCE. */
function run(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const process = spawn(program, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: PATIENCE,
      killSignal: 'SIGKILL',
    });
    let complaint = '';
    process.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-500);
    });
    process.on('error', reject);
    process.on('close', (code, signal) => {
      const time = performance.now() - start;
      if (code === 0) resolve(time);
      else if (signal !== null && time >= PATIENCE) resolve(PATIENCE);
      else
        reject(
          new Error(`${[program, ...args].join(' ')} ended with ${String(code)}: ${complaint}`),
        );
    });
  });
}
