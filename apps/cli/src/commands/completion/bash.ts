import { type CommandSpec, HELP } from '../../options/command-spec.js';

/** Completions for bash. Nothing in them comes from outside the program, so nothing needs quoting. */
export function writeBash(specs: readonly CommandSpec[]): string {
  const names = specs.map(({ name }) => name).join(' ');
  return `_portolan() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words="" named=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names} --help --version" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]} $before" in
${specs.flatMap(choiceCases).join('\n')}
  esac
  if [ -n "$words" ]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${specs.map(optionCase).join('\n')}
  esac
  if [[ "$word" == -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$word"))
  else
    COMPREPLY=($(compgen -W "$named" -- "$word") $(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _portolan portolan
`;
}

function choiceCases({ name, options }: CommandSpec): string[] {
  return options.flatMap((option) => {
    if (option.choices === undefined) return [];
    const flags = [`--${option.name}`, ...(option.short === undefined ? [] : [`-${option.short}`])];
    const cases = flags.map((flag) => `"${name} ${flag}"`).join(' | ');
    return [`    ${cases}) words="${option.choices.join(' ')}" ;;`];
  });
}

function optionCase({ name, options, words = [] }: CommandSpec): string {
  const flags = [...options, HELP].map((option) => `--${option.name}`).join(' ');
  return `    ${name}) words="${flags}" named="${words.join(' ')}" ;;`;
}
