import type { OptionSpec } from '../options/command-spec.js';
import type { CommandLine } from '../options/parse-command.js';

/** A document that is wanted; `file` null = standard output. */
export interface Output<Format extends string> {
  readonly format: Format;
  readonly file: string | null;
}

/** The options that say what is to be written. */
export function outputOptions(formats: readonly string[], isRepeatable: boolean): OptionSpec[] {
  return [
    {
      name: 'output',
      short: 'o',
      value: 'FORMAT',
      isRepeatable,
      choices: formats,
      about: `${formats.join(', ')}; default text${isRepeatable ? '; may be given several times' : ''}`,
    },
    {
      name: 'output-file',
      value: 'FILE',
      isRepeatable,
      about: isRepeatable
        ? 'where the -o before it goes; default standard output'
        : 'default standard output',
    },
  ];
}

/**
 * Reads which documents are wanted, in their order: a file belongs to the format before it. Nothing but one document can go to
 * standard output.
 */
export function readOutputs<Format extends string>(
  line: CommandLine,
  formats: readonly Format[],
  usual: Format,
): Output<Format>[] {
  const outputs: Output<Format>[] = [];
  for (const { name, value } of line.options) {
    if (value === null) continue;
    if (name === 'output')
      outputs.push({ format: line.word('output', value, formats), file: null });
    if (name !== 'output-file') continue;
    const last = outputs.pop();
    if (last !== undefined && last.file !== null)
      throw line.wrong(`--output-file ${value} needs a -o of its own before it`);
    outputs.push({ format: last?.format ?? usual, file: value });
  }
  const onScreen = outputs.filter(({ file }) => file === null).map(({ format }) => format);
  if (onScreen.length > 1)
    throw line.wrong(
      `only one of ${onScreen.join(', ')} can go to standard output: give --output-file`,
    );
  return outputs;
}
