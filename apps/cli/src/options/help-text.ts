import { type CommandSpec, HELP, type OptionSpec } from './command-spec.js';

/** The help of a command. */
export function helpText({
  name,
  about,
  synopsis,
  options,
  notes = [],
  examples,
}: CommandSpec): string {
  return [
    `portolan ${name} – ${about}`,
    '',
    'Usage:',
    `  portolan ${name} ${synopsis}`,
    '',
    'Options:',
    ...columns([...options, HELP].map((option) => [optionName(option), option.about])),
    ...notes.flatMap((note) => ['', note]),
    '',
    'Examples:',
    ...examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

/** Two columns, the second at one place in all lines. */
export function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(WIDEST, Math.max(...rows.map(([first]) => first.length)));
  return rows.map(([first, second]) =>
    first.length > width
      ? `  ${first}\n  ${' '.repeat(width)}  ${second}`
      : `  ${first.padEnd(width)}  ${second}`,
  );
}

const WIDEST = 30;

function optionName({ name, short, value }: OptionSpec): string {
  const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
  return value === null ? names : `${names} ${value}`;
}
