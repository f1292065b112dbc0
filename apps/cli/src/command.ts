import type { CommandLine } from './options/parse-command.js';
import type { CommandSpec } from './options/command-spec.js';
import type { Terminal } from './terminal.js';

/** A command: how it is called, and what it does. Resolves to the exit code. */
export interface Command {
  readonly spec: CommandSpec;
  readonly run: (line: CommandLine, terminal: Terminal) => Promise<number>;
}

/** A command that is loaded when it is wanted: the help of all would otherwise load the engine. */
export interface ListedCommand {
  readonly name: string;
  readonly about: string;
  readonly load: () => Promise<Command>;
}
