import { type ReviewReport, writeReview } from '@portolan/report';
import { reviewChange } from '@portolan/review';
import type { Command } from '../../command.js';
import type { CommandLine } from '../../options/parse-command.js';
import { paint } from '../../output/paint.js';
import { Progress } from '../../output/progress.js';
import { writeOutput } from '../../output/write-output.js';
import { readServer } from '../../server/server-options.js';
import type { Terminal } from '../../terminal.js';
import { type DiffOptions, readDiffOptions, type SharedDiffOptions } from './diff-options.js';
import { DIFF_SPEC } from './diff-spec.js';
import { exitCodeOf } from './exit-code-of.js';
import { loadExceptions, NO_EXCEPTIONS } from './load-exceptions.js';
import { loadInvariants } from './load-invariants.js';
import { loadSettings } from './load-settings.js';
import { loadStates } from './load-states.js';
import { reviewOnServer } from './server/review-on-server.js';
import { readServerDiffOptions } from './server/server-diff-options.js';

/** `portolan diff`. */
export const DIFF: Command = { spec: DIFF_SPEC, run: runDiff };

async function runDiff(line: CommandLine, terminal: Terminal): Promise<number> {
  const server = readServer(line, terminal);
  const options = server === null ? readDiffOptions(line) : readServerDiffOptions(line, server);
  const progress = new Progress(terminal, options.isQuiet);
  try {
    const report =
      'server' in options
        ? await reviewOnServer(options, terminal, progress)
        : await review(options, terminal, progress);
    progress.end();
    await writeReports(report, options, terminal);
    return exitCodeOf(report);
  } finally {
    progress.end();
  }
}

async function review(
  options: DiffOptions,
  terminal: Terminal,
  progress: Progress,
): Promise<ReviewReport> {
  const { base, head, exceptions, config, gates, cluster, overlay } = options;
  const folders = { base, head, workingDirectory: terminal.workingDirectory };
  const loaded = exceptions === null ? NO_EXCEPTIONS : await loadExceptions(exceptions, folders);
  const invariants = await loadInvariants(options.invariants, folders);
  const settings = await loadSettings(config, folders);
  const states = await loadStates(options, terminal, progress);
  progress.say('Comparing …');
  return reviewChange({
    ...states,
    cluster,
    gates,
    isWholeCluster: overlay !== null,
    exceptions: loaded.ledger,
    invariants: invariants.ledger,
    settings: settings.ledger,
    notes: [...loaded.notes, ...invariants.notes, ...settings.notes, ...states.notes],
    today: options.today ?? terminal.today,
  });
}

async function writeReports(
  report: ReviewReport,
  { outputs, maxLength, isQuiet }: SharedDiffOptions,
  terminal: Terminal,
): Promise<void> {
  const usual = isQuiet ? [] : ([{ format: 'text', file: null }] as const);
  for (const { format, file } of outputs.length === 0 ? usual : outputs) {
    const colours = file === null && terminal.hasColours ? { paint } : {};
    await writeOutput(terminal, file, [writeReview(report, format, { maxLength, ...colours })]);
  }
}
