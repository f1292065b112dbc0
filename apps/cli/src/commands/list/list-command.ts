import { displayName, ENGINE_VERSION, exportAccess, exportCaveats } from '@portolan/engine';
import { type EndpointGrouping, GROUPINGS } from '@portolan/model';
import { ACCESS_FORMATS, type AccessFormat, writeAllowedAccess } from '@portolan/report';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-code.js';
import { INPUT_OPTIONS, loadOne } from '../../input/load-one.js';
import { readingCaveats } from '../../input/reading-caveats.js';
import type { CommandSpec } from '../../options/command-spec.js';
import type { CommandLine } from '../../options/parse-command.js';
import { type Output, outputOptions, readOutputs } from '../../output/read-outputs.js';
import { writeOutput } from '../../output/write-output.js';
import {
  readServerInput,
  SERVER_INPUT_NOTE,
  SERVER_INPUT_OPTIONS,
} from '../../server/server-input.js';
import type { Terminal } from '../../terminal.js';
import { listOnServer } from './list-on-server.js';

const GROUPS = GROUPINGS.map((grouping) => grouping.toLowerCase());

const SPEC: CommandSpec = {
  name: 'list',
  about: 'everything that may pass',
  synopsis: 'INPUT [options]',
  options: [
    {
      name: 'group-by',
      value: 'WHAT',
      choices: GROUPS,
      about: `${GROUPS.join(', ')}; default workload`,
    },
    ...outputOptions(ACCESS_FORMATS, false),
    ...INPUT_OPTIONS,
    ...SERVER_INPUT_OPTIONS,
  ],
  notes: [SERVER_INPUT_NOTE],
  examples: [
    'portolan list deploy',
    'portolan list cluster.yaml --group-by namespace -o dot | dot -Tsvg > access.svg',
    'kubectl kustomize prod | portolan list - -o csv --output-file access.csv',
    'portolan list --server https://portolan.example cluster:prod -o csv --output-file access.csv',
  ],
};

/** `portolan list`. */
export const LIST: Command = { spec: SPEC, run: runList };

async function runList(line: CommandLine, terminal: Terminal): Promise<number> {
  const group = line.oneOf('group-by', GROUPS) ?? 'workload';
  const groupBy = GROUPINGS.find((grouping) => grouping.toLowerCase() === group) ?? 'WORKLOAD';
  const [output = { format: 'text', file: null } as const] = readOutputs(
    line,
    ACCESS_FORMATS,
    'text',
  );
  const stored = readServerInput(line, terminal);
  if (stored === null) await listHere(line, groupBy, output, terminal);
  else {
    line.noMoreThan(1);
    await listOnServer(stored, { format: output.format, groupBy }, output.file, terminal);
  }
  return EXIT.HELD;
}

async function listHere(
  line: CommandLine,
  groupBy: EndpointGrouping,
  { format, file }: Output<AccessFormat>,
  terminal: Terminal,
): Promise<void> {
  const loaded = await loadOne(line, terminal);
  // That nothing enforces policies is not to be told from a part of a cluster.
  const exported = { groupBy, isEnforced: true };
  const caveats = [...exportCaveats(loaded.analysis, exported), ...readingCaveats(loaded)];
  const rows = exportAccess(loaded.analysis, exported);
  const about = { name: loaded.name, digest: loaded.content.digest };
  const head = { engineVersion: ENGINE_VERSION, groupBy, about, caveats, nameOf: displayName };
  await writeOutput(terminal, file, writeAllowedAccess(rows, format, head));
}
