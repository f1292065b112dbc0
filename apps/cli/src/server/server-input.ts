import type { OptionSpec } from '../options/command-spec.js';
import type { CommandLine } from '../options/parse-command.js';
import type { Terminal } from '../terminal.js';
import { readServer, SERVER_OPTIONS, type ServerAccess } from './server-options.js';
import { readStateRef, type StateRef } from './state-ref.js';

/** A state that a server has, and is to be asked about. */
export interface ServerInput {
  readonly server: ServerAccess;
  readonly ref: StateRef;
  /** As if policies were enforced, also in a cluster where nothing enforces them. */
  readonly assumeEnforced: boolean;
}

/** Takes a cluster's own profile out of the answer, as there is none without a server. */
const ASSUME_ENFORCED: OptionSpec = {
  name: 'assume-enforced',
  value: null,
  about: 'with --server: as if policies were enforced, also in a cluster where nothing does',
};

/** Options of commands that ask about one state, here or on a server. */
export const SERVER_INPUT_OPTIONS: readonly OptionSpec[] = [...SERVER_OPTIONS, ASSUME_ENFORCED];

/** A line of the help. */
export const SERVER_INPUT_NOTE =
  'INPUT is a folder, a file, a tar.gz or -; of a server it is cluster:SLUG (its latest snapshot)\nor snapshot:ID. With PORTOLAN_SERVER set, other input is still read here.';

/** About how input is read here, which a server did when it was stored. */
const LOCAL_ONLY = ['strict', 'allow-empty'];

/**
 * Reads which state of a server the first word names; null = it is input that is read here, also when the environment names a
 * server.
 * @throws UsageError
 */
export function readServerInput(
  line: CommandLine,
  terminal: Terminal,
  localOnly: readonly string[] = [],
): ServerInput | null {
  const [input] = line.words;
  const ref = input === undefined ? null : readStateRef(input);
  if (ref === null) {
    if (line.has('server'))
      throw line.wrong(
        `${input ?? 'nothing is named'}: with --server it is cluster:SLUG or snapshot:ID; \`portolan snapshot push\` stores a state`,
      );
    const stray = SERVER_INPUT_OPTIONS.find(({ name }) => line.has(name));
    if (stray !== undefined)
      throw line.wrong(`--${stray.name} is about a server: give --server, and cluster:SLUG`);
    return null;
  }
  const server = readServer(line, terminal);
  if (server === null)
    throw line.wrong(`${input ?? ''} is what a server has: give --server, or PORTOLAN_SERVER`);
  const here = [...LOCAL_ONLY, ...localOnly].find((name) => line.has(name));
  if (here !== undefined)
    throw line.wrong(`--${here} is about input that is read here; the server has read its own`);
  return { server, ref, assumeEnforced: line.has('assume-enforced') };
}
