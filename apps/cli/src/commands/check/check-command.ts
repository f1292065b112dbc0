import { type FindingsReport, writeFindings } from '@portolan/report';
import { checkSnapshot, fingerprintsOf, writeBaseline } from '@portolan/review';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-code.js';
import { loadOne } from '../../input/load-one.js';
import type { CommandLine } from '../../options/parse-command.js';
import { paint } from '../../output/paint.js';
import { writeOutput } from '../../output/write-output.js';
import { readServerInput } from '../../server/server-input.js';
import type { Terminal } from '../../terminal.js';
import { checkOnServer, type CheckTerms, type MadeReports } from './check-on-server.js';
import { type CheckOptions, readCheckOptions } from './check-options.js';
import { CHECK_SPEC } from './check-spec.js';
import { rulesAsJson, rulesAsText } from './list-rules.js';
import { loadBaseline, loadCheckExceptions, loadConfig } from './read-side-files.js';

/** `portolan check`. */
export const CHECK: Command = { spec: CHECK_SPEC, run: runCheck };

/** Further objects of a finding that reports name. */
const SHOWN_OTHERS = 20;

async function runCheck(line: CommandLine, terminal: Terminal): Promise<number> {
  const options = readCheckOptions(line);
  if (line.has('list-rules')) return listRules(line, options, terminal);
  const stored = readServerInput(line, terminal, ['complete']);
  const { workingDirectory } = terminal;
  const config = await loadConfig(options.config, workingDirectory);
  const terms = {
    settings: new Map([...config, ...options.rules]),
    baseline: await loadBaseline(options.baseline, workingDirectory),
    exceptions: await loadCheckExceptions(options.exceptions, workingDirectory),
    today: options.today ?? terminal.today,
  };
  if (stored !== null) line.noMoreThan(1);
  const { report, whole } =
    stored === null
      ? await checkHere(line, options, terms, terminal)
      : await checkOnServer(stored, options, terms, terminal);
  await writeReports(report, options, terminal);
  if (options.newBaseline === null || whole === null)
    return report.verdict === 'FAILED' ? EXIT.FAILED : EXIT.HELD;
  await writeOutput(terminal, options.newBaseline, [writeBaseline(fingerprintsOf(whole))]);
  return EXIT.HELD;
}

async function checkHere(
  line: CommandLine,
  options: CheckOptions,
  terms: CheckTerms,
  terminal: Terminal,
): Promise<MadeReports> {
  const { name, content, analysis } = await loadOne(line, terminal);
  const input = {
    ...options,
    ...terms,
    state: { name, content, analysis },
    maxOthers: SHOWN_OTHERS,
  };
  const report = checkSnapshot(input);
  if (options.newBaseline === null) return { report, whole: null };
  const whole = checkSnapshot({ ...input, minSeverity: 'INFO', maxOthers: Infinity });
  return { report, whole };
}

async function listRules(
  line: CommandLine,
  { outputs: [output = { format: 'text', file: null } as const] }: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  if (output.format !== 'text' && output.format !== 'json')
    throw line.wrong('--list-rules is written as text or json');
  const text = output.format === 'json' ? rulesAsJson() : rulesAsText();
  await writeOutput(terminal, output.file, [text]);
  return EXIT.HELD;
}

async function writeReports(
  report: FindingsReport,
  { outputs }: CheckOptions,
  terminal: Terminal,
): Promise<void> {
  const usual = [{ format: 'text', file: null }] as const;
  for (const { format, file } of outputs.length === 0 ? usual : outputs) {
    const colours = file === null && terminal.hasColours ? { paint } : {};
    await writeOutput(terminal, file, [writeFindings(report, format, colours)]);
  }
}
