import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readReviewJson, type ReviewReport } from '@portolan/report';
import type { ActionEnvironment } from './config/read-environment.js';
import { type Checkouts, isFile } from './find-folders.js';
import type { ChangeOrigin } from './github/change-origin.js';
import {
  type ActionInputs,
  USUAL_CONFIG,
  USUAL_EXCEPTIONS,
  USUAL_INVARIANTS,
} from './read-inputs.js';

/** The command line lies beside the bundle of this program. */
const COMMAND_LINE = fileURLToPath(new URL('./portolan.mjs', import.meta.url));

/** Of what it said, the end is kept. */
const KEPT_CHARACTERS = 20_000;

/** A review of one folder, or why there is none. */
export type DiffResult =
  | { readonly kind: 'REVIEWED'; readonly report: ReviewReport; readonly jsonFile: string }
  | { readonly kind: 'UNDECIDED'; readonly message: string };

/** What a review needs besides its folder. */
export interface DiffContext {
  readonly inputs: ActionInputs;
  readonly environment: ActionEnvironment;
  readonly checkouts: Checkouts;
  readonly origin: ChangeOrigin;
}

/** A folder to review. */
export interface DiffFolder {
  readonly path: string;
  /** Whether one side does not have it. */
  readonly mayBeEmpty: boolean;
  /** Where the report goes. */
  readonly jsonFile: string;
}

/** Runs `portolan diff` for a folder, at the root of the head, so that paths are those of the repository. */
export async function runDiff(
  { path, mayBeEmpty, jsonFile }: DiffFolder,
  context: DiffContext,
): Promise<DiffResult> {
  const args = await diffArguments(path, context);
  if (mayBeEmpty) args.push('--allow-empty');
  const { code, said } = await runCommandLine(
    ['diff', '--quiet', ...args, '-o', 'json', '--output-file', jsonFile],
    context,
  );
  if (code !== 0 && code !== 1)
    return { kind: 'UNDECIDED', message: said.trim() || `portolan ended with ${code}` };
  const read = readReviewJson(await readFile(jsonFile, 'utf8'));
  if (!read.ok) return { kind: 'UNDECIDED', message: `the report is none: ${read.message}` };
  // Never better than what the command line says.
  if ((read.report.verdict === 'FAILED') !== (code === 1))
    return { kind: 'UNDECIDED', message: `the report does not go with exit code ${code}` };
  const { base, head, skipped } = read.report;
  if (mayBeEmpty && base.digest === head.digest && skipped.some(({ isNew }) => isNew))
    return { kind: 'UNDECIDED', message: 'nothing of the new folder could be used' };
  return { kind: 'REVIEWED', report: read.report, jsonFile };
}

async function diffArguments(path: string, context: DiffContext): Promise<string[]> {
  const { inputs, checkouts, origin, environment } = context;
  const { base, head } = checkouts;
  const overlay = inputs.overlay === null ? null : overlayOf(inputs.overlay, environment.workspace);
  const exceptions = await sideFile(path, inputs.exceptionsFile, USUAL_EXCEPTIONS, checkouts);
  const invariants = await sideFile(path, inputs.invariantsFile, USUAL_INVARIANTS, checkouts);
  const config = await sideFile(path, inputs.configFile, USUAL_CONFIG, checkouts);
  const pair = (name: string, value: string | null): string[] =>
    value === null ? [] : [`--${name}=${value}`];
  return [
    ...pair('base', base === null ? null : join(relative(head, base), path)),
    ...pair('head', path),
    ...pair('overlay', overlay),
    ...(inputs.prunesFolder ? ['--prune-folder'] : []),
    ...pair('render', inputs.render),
    ...pair('cluster', inputs.cluster),
    ...pair('fail-on', inputs.failOn),
    ...pair('warn-on', inputs.warnOn),
    ...pair('min-severity', inputs.minSeverity),
    ...pair('exceptions', exceptions),
    ...pair('invariants', invariants),
    ...pair('config', config),
    ...(inputs.serverUrl === null ? [] : serverArguments(inputs.serverUrl, origin)),
  ];
}

function serverArguments(serverUrl: string, origin: ChangeOrigin): string[] {
  const { repository, commit, ref, pullRequest, url } = origin;
  const git = { repository, commit, ref, 'pull-request': pullRequest, url };
  return [
    `--server=${serverUrl}`,
    ...(repository === ''
      ? []
      : Object.entries(git).flatMap(([name, value]) =>
          value === null ? [] : [`--git-${name}=${value}`],
        )),
  ];
}

/** A file is looked for from the workspace, as all paths of the workflow are. */
function overlayOf(given: string, workspace: string): string {
  return /^(?:cluster|snapshot):/.test(given) ? given : resolve(workspace, given);
}

/** From the folder to the file, which lies at the root of both. The usual one need not be there. */
async function sideFile(
  path: string,
  file: string | null,
  usual: string,
  { base, head }: Checkouts,
): Promise<string | null> {
  if (file === null) return null;
  const roots = [base, head].filter((root) => root !== null);
  const found = await Promise.all(roots.map((root) => isFile(join(root, file))));
  if (file === usual && !found.includes(true)) return null;
  return relative(join('/', path), join('/', file));
}

function runCommandLine(
  args: readonly string[],
  { inputs, environment, checkouts }: DiffContext,
): Promise<{ readonly code: number; readonly said: string }> {
  const child = spawn(process.execPath, [COMMAND_LINE, ...args], {
    cwd: checkouts.head,
    shell: false,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...environment.childEnvironment,
      ...(inputs.token === null ? {} : { PORTOLAN_TOKEN: inputs.token }),
    },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code: code ?? -1, said }));
  });
}
