import type { ManifestSource } from '@portolan/manifests';
import type { OptionSpec } from '../options/command-spec.js';
import type { CommandLine } from '../options/parse-command.js';
import type { Terminal } from '../terminal.js';
import { analyse, type Analysed } from './analyse.js';
import { openInput, readOnce } from './open-input.js';

/** Options of commands that read one input. */
export const INPUT_OPTIONS: readonly OptionSpec[] = [
  { name: 'strict', value: null, about: 'input that cannot be used ends with 2' },
  { name: 'allow-empty', value: null, about: 'an input without objects is an empty cluster' },
];

/** Input that was read, to be read again. */
export interface LoadedInput extends Analysed {
  readonly name: string;
  readonly source: ManifestSource;
}

/** Reads the input that the first word of a command line names. @throws UsageError, InputError */
export async function loadOne(
  line: CommandLine,
  terminal: Terminal,
  wordCount = 1,
): Promise<LoadedInput> {
  const [input] = line.words;
  if (input === undefined) throw line.wrong('say what is to be read: a folder, a file, or -');
  line.noMoreThan(wordCount);
  const { name, source: given, notes } = await openInput(input, terminal);
  // What is patched has to be what was judged.
  const source = line.has('fix-patch') ? readOnce(given) : given;
  const demands = { name, isStrict: line.has('strict'), mayBeEmpty: line.has('allow-empty') };
  return { name, source, ...(await analyse([{ source, effect: 'ADD' }], notes, demands)) };
}
