import { type CommandSpec, HELP, type OptionSpec } from '../../options/command-spec.js';

/** Completions for zsh. */
export function writeZsh(specs: readonly CommandSpec[]): string {
  return `#compdef portolan
_portolan() {
  if (( CURRENT == 2 )); then
    local -a commands
    commands=(
${specs.map(({ name, about }) => `      ${quoted(`${name}:${about}`)}`).join('\n')}
    )
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${specs.map(commandCase).join('\n')}
  esac
}
if [ "$funcstack[1]" = "_portolan" ]; then _portolan "$@"; else compdef _portolan portolan; fi
`;
}

function commandCase({ name, options, words = [] }: CommandSpec): string {
  const rest = words.length === 0 ? '*:input:_files' : `*:input:(${words.join(' ')})`;
  const lines = [...options, HELP].flatMap(optionLines);
  const files = words.length === 0 ? '' : `\n      _files`;
  return `    ${name})
      _arguments \\
${lines.map((line) => `        ${quoted(line)} \\`).join('\n')}
        ${quoted(rest)}${files} ;;`;
}

function optionLines({
  name,
  short,
  value,
  about,
  choices,
  isRepeatable = false,
}: OptionSpec): string[] {
  const flags = [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
  const action = choices === undefined ? '_files' : `(${choices.join(' ')})`;
  const argument = value === null ? '' : `:${value.toLowerCase()}:${action}`;
  const text = about.replaceAll(/[[\]:]/g, (character) => `\\${character}`);
  return flags.map((flag) => `${isRepeatable ? '*' : ''}${flag}[${text}]${argument}`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
