import { ALL_RULES } from '@portolan/findings';
import { SEVERITIES, type Severity } from '@portolan/model';
import { FINDINGS_FORMATS, type FindingsFormat } from '@portolan/report';
import { isDate, type RuleSetting } from '@portolan/review';
import type { CommandLine } from '../../options/parse-command.js';
import { type Output, readOutputs } from '../../output/read-outputs.js';
import { type FixesOptions, readFixesOptions } from './fixes-options.js';

/** What `portolan check` is to do. */
export interface CheckOptions {
  readonly failOn: Severity | null;
  readonly minSeverity: Severity;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly config: string | null;
  readonly isComplete: boolean;
  readonly baseline: string | null;
  readonly newBaseline: string | null;
  readonly exceptions: string | null;
  readonly today: string | null;
  readonly outputs: readonly Output<FindingsFormat>[];
  readonly fixes: FixesOptions | null;
}

/** Reads the options. @throws UsageError */
export function readCheckOptions(line: CommandLine): CheckOptions {
  const failOn = severityOf(line, 'fail-on', ['none']) ?? 'HIGH';
  const today = line.one('today');
  if (today !== null && !isDate(today))
    throw line.wrong(`--today ${today}: must be a day, such as 2026-03-01`);
  return {
    failOn: failOn === 'none' ? null : failOn,
    minSeverity: severityOf<never>(line, 'min-severity', []) ?? 'INFO',
    rules: readRules(line),
    config: line.one('config'),
    isComplete: line.has('complete'),
    baseline: line.one('baseline'),
    newBaseline: line.one('write-baseline'),
    exceptions: line.one('exceptions'),
    today,
    ...readOutputsAndFixes(line),
  };
}

/** Severities may be written in small letters. */
function severityOf<Word extends string>(
  line: CommandLine,
  option: string,
  others: readonly Word[],
): Severity | Word | null {
  const value = line.one(option);
  if (value === null) return null;
  const severity = SEVERITIES.find((one) => one === value.toUpperCase());
  return severity ?? line.word(option, value, [...SEVERITIES, ...others]);
}

function readRules(line: CommandLine): ReadonlyMap<string, RuleSetting> {
  const rules = new Map<string, RuleSetting>();
  for (const given of line.all('rule')) {
    const [id = '', value = ''] = given.split('=');
    if (!ALL_RULES.some((rule) => rule.id === id))
      throw line.wrong(`--rule ${given}: there is no rule ${id}; see --list-rules`);
    const setting = SEVERITIES.find((one) => one === value.toUpperCase());
    if (setting === undefined && value !== 'off')
      throw line.wrong(`--rule ${given}: must be ${id}= and one of off, ${SEVERITIES.join(', ')}`);
    rules.set(id, setting ?? 'off');
  }
  return rules;
}

function readOutputsAndFixes(line: CommandLine): Pick<CheckOptions, 'outputs' | 'fixes'> {
  const outputs = readOutputs(line, FINDINGS_FORMATS, 'text');
  return { outputs, fixes: readFixesOptions(line, outputs) };
}
