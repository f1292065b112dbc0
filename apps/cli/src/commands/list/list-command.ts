import { displayName, ENGINE_VERSION, exportAccess, exportCaveats } from '@portolan/engine';
import { type Caveat, formatTraffic, GROUPINGS } from '@portolan/model';
import {
  ACCESS_FORMATS,
  type AllowedAccessRow,
  plainText,
  writeAllowedAccess,
} from '@portolan/report';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-code.js';
import { INPUT_OPTIONS, loadOne } from '../../input/load-one.js';
import { readingCaveats } from '../../input/reading-caveats.js';
import type { CommandSpec } from '../../options/command-spec.js';
import type { CommandLine } from '../../options/parse-command.js';
import { outputOptions, readOutputs } from '../../output/read-outputs.js';
import { writeOutput } from '../../output/write-output.js';
import type { Terminal } from '../../terminal.js';

const FORMATS = ['text', ...ACCESS_FORMATS] as const;
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
    ...outputOptions(FORMATS, false),
    ...INPUT_OPTIONS,
  ],
  examples: [
    'portolan list deploy',
    'portolan list cluster.yaml --group-by namespace -o dot | dot -Tsvg > access.svg',
    'kubectl kustomize prod | portolan list - -o csv --output-file access.csv',
  ],
};

/** `portolan list`. */
export const LIST: Command = { spec: SPEC, run: runList };

async function runList(line: CommandLine, terminal: Terminal): Promise<number> {
  const group = line.oneOf('group-by', GROUPS) ?? 'workload';
  const groupBy = GROUPINGS.find((grouping) => grouping.toLowerCase() === group) ?? 'WORKLOAD';
  const [output = { format: 'text', file: null } as const] = readOutputs(line, FORMATS, 'text');
  const loaded = await loadOne(line, terminal);
  // That nothing enforces policies is not to be told from a part of a cluster.
  const exported = { groupBy, isEnforced: true };
  const caveats = [...exportCaveats(loaded.analysis, exported), ...readingCaveats(loaded)];
  const rows = exportAccess(loaded.analysis, exported);
  const about = { name: loaded.name, digest: loaded.content.digest };
  const head = { engineVersion: ENGINE_VERSION, groupBy, about, caveats };
  const pieces =
    output.format === 'text'
      ? textOf(rows, caveats)
      : writeAllowedAccess(rows, output.format, head);
  await writeOutput(terminal, output.file, pieces);
  return EXIT.HELD;
}

function* textOf(rows: Iterable<AllowedAccessRow>, caveats: readonly Caveat[]): Generator<string> {
  for (const { source, destination, traffic } of rows)
    yield `${plainText(`${displayName(source)} → ${displayName(destination)}: ${formatTraffic(traffic)}`)}\n`;
  yield '\nWhat this could not see\n';
  for (const { code, message } of caveats) yield `  ${code}: ${plainText(message)}\n`;
}
