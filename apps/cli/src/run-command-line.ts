import { readFile } from 'node:fs/promises';
import { COMMANDS } from './all-commands.js';
import { InputError, UsageError } from './command-error.js';
import { EXIT } from './exit-code.js';
import { columns, helpText } from './options/help-text.js';
import { parseCommand } from './options/parse-command.js';
import type { Terminal } from './terminal.js';

/** Runs what the arguments say, and resolves to the exit code. Only our own bugs throw. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      const help = error.command === null ? 'portolan --help' : `portolan ${error.command} --help`;
      terminal.writeError(`portolan: ${printable(error.message)}\nSee ${help}.\n`);
      return EXIT.UNDECIDED;
    }
    if (error instanceof InputError) {
      terminal.writeError(`portolan: ${printable(error.message)}\n`);
      return EXIT.UNDECIDED;
    }
    // A gate that failed ends with 1, so a bug of ours must not.
    terminal.writeError(
      `portolan: a bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return EXIT.UNDECIDED;
  }
}

/** Lines of a message without control characters: names in it come from archives and folders of others. */
function printable(message: string): string {
  return message.replaceAll(/[^\P{Cc}\n]+/gu, ' ');
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) throw new UsageError('say which command is to run');
  if (name === '--help' || name === '-h' || name === 'help') {
    const asked = rest[0];
    await terminal.write(asked === undefined ? overview() : helpText((await find(asked)).spec));
    return EXIT.HELD;
  }
  if (name === '--version' || name === '-V') {
    await terminal.write(`${await version()}\n`);
    return EXIT.HELD;
  }
  const command = await find(name);
  const line = parseCommand(command.spec, rest);
  if (line.has('help')) {
    await terminal.write(helpText(command.spec));
    return EXIT.HELD;
  }
  return command.run(line, terminal);
}

async function find(name: string) {
  const listed = COMMANDS.find((command) => command.name === name);
  if (listed !== undefined) return listed.load();
  const names = COMMANDS.map((command) => command.name).join(', ');
  throw new UsageError(`there is no command ${name}; there are ${names}`);
}

function overview(): string {
  return [
    'portolan – who can reach which port in a Kubernetes cluster, from its manifests',
    '',
    'Usage:',
    '  portolan COMMAND [arguments] [options]',
    '',
    'Commands:',
    ...columns(COMMANDS.map(({ name, about }) => [name, about])),
    '',
    'Options:',
    ...columns([
      ['-h, --help', 'show this help; `portolan COMMAND --help` has more, with examples'],
      ['-V, --version', 'show the version'],
    ]),
    '',
    'Input is a folder, a file of YAML or JSON, a tar.gz, or - for standard input.',
    'Exit codes: 0 = ran, every gate held; 1 = a gate failed; 2 = could not decide.',
    '',
  ].join('\n');
}

/** Of the package, which is the folder above this file that has a description: how far that is depends on how it was built. */
async function version(): Promise<string> {
  let folder = new URL('./', import.meta.url);
  for (;;) {
    const text = await readFile(new URL('package.json', folder), 'utf8').catch(() => '{}');
    const { name, version: found } = JSON.parse(text) as { name?: string; version?: string };
    if (name === 'portolan' && found !== undefined) return found;
    const above = new URL('../', folder);
    if (above.href === folder.href) throw new Error('no package.json of portolan is above');
    folder = above;
  }
}
