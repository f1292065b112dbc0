import { ALL_RULES, MENDED_RULES } from '@portolan/findings';
import type { CommandLine } from '../../options/parse-command.js';
import type { Output } from '../../output/read-outputs.js';

/** What `--fix-patch` is to do. */
export interface FixesOptions {
  /** Null = standard output. */
  readonly file: string | null;
  readonly rules: ReadonlySet<string>;
}

/** Reads the options of the patch; null without one. @throws UsageError */
export function readFixesOptions(
  line: CommandLine,
  outputs: readonly Output<string>[],
): FixesOptions | null {
  const given = line.one('fix-patch');
  const rules = line.one('fix-rules');
  if (given === null) {
    if (rules !== null) throw line.wrong('--fix-rules is of --fix-patch: give both');
    return null;
  }
  const file = given === '-' ? null : given;
  const onScreen = outputs.find((output) => output.file === null);
  if (file === null && onScreen !== undefined)
    throw line.wrong(
      `only one of ${onScreen.format} and the patch can go to standard output: give --output-file`,
    );
  return { file, rules: rules === null ? MENDED_RULES : readRules(line, rules) };
}

function readRules(line: CommandLine, given: string): Set<string> {
  const rules = new Set(given.split(',').map((id) => id.trim()));
  for (const id of rules) {
    if (MENDED_RULES.has(id)) continue;
    const fault = ALL_RULES.some((rule) => rule.id === id)
      ? `${id} has no mechanical fix`
      : `there is no rule ${id}; see --list-rules`;
    throw line.wrong(`--fix-rules ${given}: ${fault}`);
  }
  return rules;
}
