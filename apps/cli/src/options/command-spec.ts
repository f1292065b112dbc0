/** An option of a command, for its help, its parser and completions. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** What stands for its value in the help: `DIR`. Null = it has none. */
  readonly value: string | null;
  readonly isRepeatable?: boolean;
  readonly about: string;
  /** The values that it can have, several joined by commas where it is a list. */
  readonly choices?: readonly string[];
}

/** What a command is called with. */
export interface CommandSpec {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly about: string;
  /** Behind the name: `DIR [options]`. */
  readonly synopsis: string;
  readonly options: readonly OptionSpec[];
  /** Words that an argument can be. */
  readonly words?: readonly string[];
  /** Further paragraphs of the help. */
  readonly notes?: readonly string[];
  readonly examples: readonly string[];
}

/** Every command has it. */
export const HELP: OptionSpec = {
  name: 'help',
  short: 'h',
  value: null,
  about: 'show this help',
};
