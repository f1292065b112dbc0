import type { Command, ListedCommand } from '../../command.js';
import { EXIT } from '../../exit-code.js';
import type { CommandSpec } from '../../options/command-spec.js';
import type { CommandLine } from '../../options/parse-command.js';
import type { Terminal } from '../../terminal.js';
import { writeBash } from './bash.js';
import { writeFish } from './fish.js';
import { writeZsh } from './zsh.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const WRITERS = { bash: writeBash, zsh: writeZsh, fish: writeFish } as const;

const SPEC: CommandSpec = {
  name: 'completion',
  about: 'completions for a shell',
  synopsis: 'bash | zsh | fish',
  options: [],
  words: SHELLS,
  examples: [
    'source <(portolan completion bash)',
    'portolan completion zsh > "${fpath[1]}/_portolan"',
    'portolan completion fish > ~/.config/fish/completions/portolan.fish',
  ],
};

/** `portolan completion`, for all of some commands. */
export function completionCommand(commands: readonly ListedCommand[]): Command {
  return { spec: SPEC, run: (line, terminal) => runCompletion(line, terminal, commands) };
}

async function runCompletion(
  line: CommandLine,
  terminal: Terminal,
  commands: readonly ListedCommand[],
): Promise<number> {
  const [word, ...more] = line.words;
  const shell = SHELLS.find((known) => known === word);
  if (shell === undefined || more.length > 0)
    throw line.wrong(`say for which shell: ${SHELLS.join(', ')}`);
  const others = commands.filter(({ name }) => name !== SPEC.name);
  const loaded = await Promise.all(others.map((command) => command.load()));
  await terminal.write(WRITERS[shell]([...loaded.map(({ spec }) => spec), SPEC]));
  return EXIT.HELD;
}
