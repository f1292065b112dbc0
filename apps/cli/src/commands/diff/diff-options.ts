import { parseSelector, SEVERITIES } from '@portolan/model';
import type { PruneScope } from '@portolan/manifests';
import {
  MARKDOWN_MAX_LENGTH,
  MARKDOWN_MIN_LENGTH,
  REVIEW_FORMATS,
  type ReviewFormat,
} from '@portolan/report';
import {
  DEFAULT_FAIL_ON,
  findGate,
  type GateChoice,
  type GateName,
  GATES,
  isDate,
} from '@portolan/review';
import type { CommandLine } from '../../options/parse-command.js';
import { type Output, readOutputs } from '../../output/read-outputs.js';

/** What `portolan diff` is to do. */
export interface DiffOptions {
  readonly base: string;
  readonly head: string;
  readonly overlay: string | null;
  readonly prune: PruneScope | null;
  readonly prunesFolder: boolean;
  readonly render: string | null;
  readonly gates: GateChoice;
  readonly exceptions: string | null;
  readonly today: string | null;
  readonly outputs: readonly Output<ReviewFormat>[];
  readonly maxLength: number;
  readonly cluster: string;
  readonly isStrict: boolean;
  readonly mayBeEmpty: boolean;
  readonly isQuiet: boolean;
}

const MAX_LENGTH_LIMIT = 100_000_000;

/** Reads the options. @throws UsageError */
export function readDiffOptions(line: CommandLine): DiffOptions {
  const [word] = line.words;
  if (word !== undefined) throw line.wrong(`${word}: give inputs as --base and --head`);
  const overlay = line.one('overlay');
  const prune = readPrune(line);
  const prunesFolder = line.has('prune-folder');
  if (overlay === null && (prune !== null || prunesFolder))
    throw line.wrong('--prune-… is about the state that --overlay gives');
  const inputs = [required(line, 'base'), required(line, 'head'), overlay];
  if (inputs.filter((input) => input === '-').length > 1)
    throw line.wrong('only one input can be standard input');
  return {
    base: required(line, 'base'),
    head: required(line, 'head'),
    overlay,
    prune,
    prunesFolder,
    render: line.one('render'),
    gates: readGates(line),
    exceptions: line.one('exceptions'),
    today: readToday(line),
    outputs: readOutputs(line, REVIEW_FORMATS, 'text'),
    maxLength:
      line.number('max-length', MARKDOWN_MIN_LENGTH, MAX_LENGTH_LIMIT) ?? MARKDOWN_MAX_LENGTH,
    cluster: line.one('cluster') ?? 'offline',
    isStrict: line.has('strict'),
    mayBeEmpty: line.has('allow-empty'),
    isQuiet: line.has('quiet'),
  };
}

function required(line: CommandLine, name: string): string {
  const value = line.one(name);
  if (value === null || value === '') throw line.wrong(`--${name} is required`);
  return value;
}

function readPrune(line: CommandLine): PruneScope | null {
  const namespaces = line.all('prune-namespace');
  const label = line.one('prune-label');
  if (namespaces.length === 0 && label === null) return null;
  const parsed = label === null ? null : parseSelector(label);
  if (parsed !== null && !parsed.ok)
    throw line.wrong(`--prune-label ${label ?? ''}: ${parsed.message}`);
  return {
    namespaces: namespaces.length === 0 ? null : namespaces,
    labels: parsed === null ? null : parsed.selector,
  };
}

function readGates(line: CommandLine): GateChoice {
  const warnOn = gateList(line, 'warn-on', line.all('warn-on'));
  const minSeverity = line.oneOf('min-severity', SEVERITIES) ?? 'HIGH';
  const given = line.all('fail-on');
  // A gate of the default that is to warn only needs no second option to say so.
  if (given.length === 0)
    return {
      failOn: DEFAULT_FAIL_ON.filter((name) => !warnOn.includes(name)),
      warnOn,
      minSeverity,
    };
  const isNone = given.length === 1 && given[0] === 'none';
  return { failOn: isNone ? [] : gateList(line, 'fail-on', given), warnOn, minSeverity };
}

function gateList(line: CommandLine, option: string, values: readonly string[]): GateName[] {
  return values
    .flatMap((value) => value.split(','))
    .map((text) => {
      const gate = findGate(text.trim());
      if (gate !== null) return gate;
      const names = GATES.map(({ name }) => name).join(', ');
      throw line.wrong(`--${option}: there is no gate ${text.trim()}; there are ${names}`);
    });
}

function readToday(line: CommandLine): string | null {
  const today = line.one('today');
  if (today !== null && !isDate(today))
    throw line.wrong(`--today ${today}: must be a day, such as 2026-03-01`);
  return today;
}
