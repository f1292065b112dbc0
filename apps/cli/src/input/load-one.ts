import type { OptionSpec } from '../options/command-spec.js';
import type { CommandLine } from '../options/parse-command.js';
import type { Terminal } from '../terminal.js';
import { analyse, type Analysed } from './analyse.js';
import { openInput } from './open-input.js';

/** Options of commands that read one input. */
export const INPUT_OPTIONS: readonly OptionSpec[] = [
  { name: 'strict', value: null, about: 'input that cannot be used ends with 2' },
  { name: 'allow-empty', value: null, about: 'an input without objects is an empty cluster' },
];

/** Reads the input that the first word of a command line names. @throws UsageError, InputError */
export async function loadOne(
  line: CommandLine,
  terminal: Terminal,
  wordCount = 1,
): Promise<Analysed & { readonly name: string }> {
  const [input] = line.words;
  if (input === undefined) throw line.wrong('say what is to be read: a folder, a file, or -');
  line.noMoreThan(wordCount);
  const { name, source, notes } = await openInput(input, terminal);
  const demands = { name, isStrict: line.has('strict'), mayBeEmpty: line.has('allow-empty') };
  return { name, ...(await analyse([{ source, effect: 'ADD' }], notes, demands)) };
}
