import { type CommandSpec, HELP, type OptionSpec } from '../../options/command-spec.js';

/** Completions for fish. */
export function writeFish(specs: readonly CommandSpec[]): string {
  const first = '__fish_use_subcommand';
  return [
    ...specs.map(
      ({ name, about }) => `complete -c portolan -n ${first} -f -a ${name} -d ${quoted(about)}`,
    ),
    ...specs.flatMap((spec) => [
      ...[...spec.options, HELP].map((option) => optionLine(spec, option)),
      ...(spec.words ?? []).map((word) => `complete -c portolan -n ${within(spec)} -a ${word}`),
    ]),
    '',
  ].join('\n');
}

function optionLine(spec: CommandSpec, { name, short, value, about, choices }: OptionSpec): string {
  return [
    `complete -c portolan -n ${within(spec)} -l ${name}`,
    ...(short === undefined ? [] : [`-s ${short}`]),
    ...(value === null ? [] : ['-r']),
    ...(choices === undefined ? [] : ['-f', `-a ${quoted(choices.join(' '))}`]),
    `-d ${quoted(about)}`,
  ].join(' ');
}

function within({ name }: CommandSpec): string {
  return quoted(`__fish_seen_subcommand_from ${name}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
