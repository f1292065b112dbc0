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

/** What `portolan diff` is to do, wherever it is done. */
export interface SharedDiffOptions {
  readonly prune: PruneScope | null;
  readonly prunesFolder: boolean;
  readonly render: string | null;
  readonly exceptions: string | null;
  readonly invariants: string | null;
  /** Null = the usual file, where there is one. */
  readonly config: string | null;
  readonly today: string | null;
  readonly outputs: readonly Output<ReviewFormat>[];
  readonly maxLength: number;
  readonly isStrict: boolean;
  readonly mayBeEmpty: boolean;
  readonly isQuiet: boolean;
}

/** What `portolan diff` is to do without a server. */
export interface DiffOptions extends SharedDiffOptions {
  readonly base: string;
  readonly head: string;
  readonly overlay: string | null;
  readonly gates: GateChoice;
  readonly cluster: string;
}

const MAX_LENGTH_LIMIT = 100_000_000;

/** Reads the options. @throws UsageError */
export function readDiffOptions(line: CommandLine): DiffOptions {
  const stray = SERVER_ONLY.find((name) => line.has(name));
  if (stray !== undefined) throw line.wrong(`--${stray} is told to a server: give --server`);
  const overlay = line.one('overlay');
  const inputs = [required(line, 'base'), required(line, 'head'), overlay];
  if (inputs.filter((input) => input === '-').length > 1)
    throw line.wrong('only one input can be standard input');
  return {
    ...readSharedOptions(line),
    base: required(line, 'base'),
    head: required(line, 'head'),
    overlay,
    gates: readGates(line),
    cluster: line.one('cluster') ?? 'offline',
  };
}

const SERVER_ONLY = [
  'git-repository',
  'git-commit',
  'git-ref',
  'git-pull-request',
  'git-url',
] as const;

/** Reads what does not depend on where it is done. @throws UsageError */
export function readSharedOptions(line: CommandLine): SharedDiffOptions {
  const [word] = line.words;
  if (word !== undefined) throw line.wrong(`${word}: give inputs as --base and --head`);
  const prune = readPrune(line);
  const prunesFolder = line.has('prune-folder');
  if (!line.has('overlay') && (prune !== null || prunesFolder))
    throw line.wrong('--prune-… is about the state that --overlay gives');
  return {
    prune,
    prunesFolder,
    render: line.one('render'),
    exceptions: line.one('exceptions'),
    invariants: line.one('invariants'),
    config: line.one('config'),
    today: readToday(line),
    outputs: readOutputs(line, REVIEW_FORMATS, 'text'),
    maxLength:
      line.number('max-length', MARKDOWN_MIN_LENGTH, MAX_LENGTH_LIMIT) ?? MARKDOWN_MAX_LENGTH,
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

/** Which gates are named, known or not. */
export function gateNames(line: CommandLine): {
  readonly failOn: readonly string[];
  readonly warnOn: readonly string[];
} {
  const warnOn = namesIn(line.all('warn-on'));
  const given = line.all('fail-on');
  // A gate of the default that is to warn only needs no second option to say so.
  if (given.length === 0)
    return { failOn: DEFAULT_FAIL_ON.filter((name) => !warnOn.includes(name)), warnOn };
  const isNone = given.length === 1 && given[0] === 'none';
  return { failOn: isNone ? [] : namesIn(given), warnOn };
}

function namesIn(values: readonly string[]): string[] {
  return values.flatMap((value) => value.split(',')).map((name) => name.trim());
}

function readGates(line: CommandLine): GateChoice {
  const { failOn, warnOn } = gateNames(line);
  return {
    failOn: known(line, 'fail-on', failOn),
    warnOn: known(line, 'warn-on', warnOn),
    minSeverity: line.oneOf('min-severity', SEVERITIES) ?? 'HIGH',
  };
}

function known(line: CommandLine, option: string, names: readonly string[]): GateName[] {
  return names.map((name) => {
    const gate = findGate(name);
    if (gate !== null) return gate;
    const all = GATES.map((known) => known.name).join(', ');
    throw line.wrong(`--${option}: there is no gate ${name}; there are ${all}`);
  });
}

function readToday(line: CommandLine): string | null {
  const today = line.one('today');
  if (today !== null && !isDate(today))
    throw line.wrong(`--today ${today}: must be a day, such as 2026-03-01`);
  return today;
}
