import { parseArgs } from 'node:util';
import { UsageError } from '../command-error.js';
import { type CommandSpec, HELP } from './command-spec.js';

/** An option as it was given; `value` is null for one that has none. */
export interface GivenOption {
  readonly name: string;
  readonly value: string | null;
}

/** A command line, taken apart. Options keep their order: some belong to the one before. */
export class CommandLine {
  constructor(
    readonly spec: CommandSpec,
    readonly options: readonly GivenOption[],
    readonly words: readonly string[],
  ) {}

  has(name: string): boolean {
    return this.options.some((option) => option.name === name);
  }

  /** Values of an option in their order. */
  all(name: string): string[] {
    return this.options.flatMap((option) => (option.name === name ? (option.value ?? []) : []));
  }

  /** The value of an option; null when it was not given. */
  one(name: string): string | null {
    return this.all(name)[0] ?? null;
  }

  /** The value of an option that has to be one of some words. */
  oneOf<Word extends string>(name: string, words: readonly Word[]): Word | null {
    const value = this.one(name);
    return value === null ? null : this.word(name, value, words);
  }

  /** A value as one of the words that it can be. */
  word<Word extends string>(name: string, value: string, words: readonly Word[]): Word {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    throw this.wrong(`--${name} ${value}: there is no such value; there are ${words.join(', ')}`);
  }

  /** An option that is a whole number of some range. */
  number(name: string, from: number, to: number): number | null {
    const value = this.one(name);
    if (value === null) return null;
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    if (number >= from && number <= to) return number;
    throw this.wrong(`--${name} ${value}: must be a number from ${from} to ${to}`);
  }

  /** @throws UsageError when there are more words. */
  noMoreThan(count: number): void {
    const extra = this.words[count];
    if (extra !== undefined) throw this.wrong(`${extra}: there is one argument too many`);
  }

  wrong(message: string): UsageError {
    return new UsageError(message, this.spec.name);
  }
}

/**
 * Takes the arguments of a command apart.
 * @throws UsageError for an option that there is not, one without its value, and one that is given twice for no reason.
 */
export function parseCommand(spec: CommandSpec, args: readonly string[]): CommandLine {
  const known = [...spec.options, HELP];
  const { tokens } = tokensOf(spec, args);
  const options: GivenOption[] = [];
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    else if (token.kind === 'option')
      options.push({ name: token.name, value: token.value ?? null });
  }
  for (const { name, isRepeatable = false } of known)
    if (!isRepeatable && options.filter((option) => option.name === name).length > 1)
      throw new UsageError(`--${name} may be given once`, spec.name);
  return new CommandLine(spec, options, words);
}

function tokensOf(spec: CommandSpec, args: readonly string[]) {
  const options = Object.fromEntries(
    [...spec.options, HELP].map(({ name, short, value }) => [
      name,
      {
        type: value === null ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  try {
    return parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node goes on about how a positional argument could begin with a dash.
    throw new UsageError(error.message.replace(/\. To specify.*$/s, ''), spec.name);
  }
}
