import { type FindingsReport, writeFindings } from '@portolan/report';
import { checkSnapshot, fingerprintsOf, writeBaseline } from '@portolan/review';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-code.js';
import { loadOne } from '../../input/load-one.js';
import type { CommandLine } from '../../options/parse-command.js';
import { paint } from '../../output/paint.js';
import { writeOutput } from '../../output/write-output.js';
import type { Terminal } from '../../terminal.js';
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
  const { workingDirectory } = terminal;
  const config = await loadConfig(options.config, workingDirectory);
  const baseline = await loadBaseline(options.baseline, workingDirectory);
  const exceptions = await loadCheckExceptions(options.exceptions, workingDirectory);
  const { name, content, analysis } = await loadOne(line, terminal);
  const input = {
    ...options,
    state: { name, content, analysis },
    settings: new Map([...config.rules, ...options.rules]),
    profile: config.profile,
    exceptions,
    baseline,
    today: options.today ?? terminal.today,
    maxOthers: SHOWN_OTHERS,
  };
  const report = checkSnapshot(input);
  await writeReports(report, options, terminal);
  if (options.newBaseline === null) return report.verdict === 'FAILED' ? EXIT.FAILED : EXIT.HELD;
  const whole = checkSnapshot({ ...input, minSeverity: 'INFO', maxOthers: Infinity });
  await writeOutput(terminal, options.newBaseline, [writeBaseline(fingerprintsOf(whole))]);
  return EXIT.HELD;
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
