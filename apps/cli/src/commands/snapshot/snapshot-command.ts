import { randomUUID } from 'node:crypto';
import { findSnapshot, type StoredSnapshot, uploadSnapshot } from '@portolan/client';
import { plainText } from '@portolan/report';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-code.js';
import { openInput } from '../../input/open-input.js';
import type { CommandSpec } from '../../options/command-spec.js';
import type { CommandLine } from '../../options/parse-command.js';
import { Progress } from '../../output/progress.js';
import { outputOptions, readOutputs } from '../../output/read-outputs.js';
import { writeOutput } from '../../output/write-output.js';
import { askServer } from '../../server/ask-server.js';
import { packInput } from '../../server/pack-input.js';
import { GIT_OPTIONS, readGit } from '../../server/git-options.js';
import { readServer, SERVER_OPTIONS } from '../../server/server-options.js';
import type { Terminal } from '../../terminal.js';

const COMPLETENESS = ['partial', 'complete'] as const;
const FORMATS = ['text', 'json'] as const;

const SPEC: CommandSpec = {
  name: 'snapshot',
  about: 'stores the state of a cluster on a server',
  synopsis: 'push INPUT --cluster SLUG [options]',
  options: [
    { name: 'cluster', value: 'SLUG', about: 'the cluster, which exists already on the server' },
    {
      name: 'completeness',
      value: 'WHAT',
      choices: COMPLETENESS,
      about: 'complete = there is nothing else in the cluster; default partial',
    },
    { name: 'taken-at', value: 'TIME', about: 'when the cluster was like this; default now' },
    {
      name: 'idempotency-key',
      value: 'KEY',
      about: 'the same key and input store one snapshot, however often; default a new one',
    },
    { name: 'strict', value: null, about: 'stores nothing when anything in it is wrong' },
    ...outputOptions(FORMATS, false),
    ...SERVER_OPTIONS,
    ...GIT_OPTIONS,
  ],
  words: ['push'],
  notes: [
    [
      'Exit codes:',
      '  0  stored, or the cluster has this state already; problems are listed',
      '  2  nothing is stored, or nobody can say',
    ].join('\n'),
  ],
  examples: [
    'portolan snapshot push deploy --cluster prod --server https://portolan.example',
    'kubectl get pods,networkpolicies -A -o yaml | portolan snapshot push - --cluster prod',
    'portolan snapshot push cluster.yaml --cluster prod --completeness complete -o json',
    'portolan snapshot push deploy --cluster prod --git-repository acme/deploy --git-commit "$(git rev-parse HEAD)"',
  ],
};

/** `portolan snapshot push`. */
export const SNAPSHOT: Command = { spec: SPEC, run: runSnapshot };

async function runSnapshot(line: CommandLine, terminal: Terminal): Promise<number> {
  const [word, input, extra] = line.words;
  if (word !== 'push') throw line.wrong('say what is to be done: push');
  if (input === undefined) throw line.wrong('say what is to be stored: a folder, a file, or -');
  if (extra !== undefined) throw line.wrong(`${extra}: there is one argument too many`);
  const cluster = line.one('cluster') ?? '';
  if (cluster === '') throw line.wrong('--cluster is required');
  const server = readServer(line, terminal);
  if (server === null) throw line.wrong('--server is required, or PORTOLAN_SERVER');
  const [output = { format: 'text', file: null } as const] = readOutputs(line, FORMATS, 'text');
  const isComplete = line.oneOf('completeness', COMPLETENESS) === 'complete';
  const upload = {
    cluster,
    completeness: isComplete ? 'COMPLETE' : 'PARTIAL',
    isStrict: line.has('strict'),
    takenAt: line.one('taken-at'),
    git: readGit(line),
    idempotencyKey: line.one('idempotency-key') ?? randomUUID(),
  } as const;

  const progress = new Progress(terminal, false);
  try {
    progress.say('Reading …');
    const body = await packInput(await openInput(input, terminal));
    progress.say(`${server.url.host} stores it …`);
    const stored = await askServer(server, async (client, signal) => {
      const id = await uploadSnapshot(client, { ...upload, body }, signal);
      return findSnapshot(client, id);
    });
    progress.end();
    const text =
      output.format === 'json'
        ? `${JSON.stringify({ cluster, ...stored }, null, 2)}\n`
        : textOf(cluster, stored);
    await writeOutput(terminal, output.file, [text]);
    return EXIT.HELD;
  } finally {
    progress.end();
  }
}

function textOf(cluster: string, { id, completeness, stats, problems }: StoredSnapshot): string {
  const { namespaces, workloads, pods, policies } = stats;
  const more = problems.totalCount - problems.nodes.length;
  return [
    `Snapshot ${id} of cluster ${cluster}: ${completeness}`,
    `  ${namespaces} namespaces, ${workloads} workloads, ${pods} pods, ${policies} policies`,
    ...problems.nodes.map(({ severity, code, object, reason, location }) => {
      const what = object === null ? '' : `${object}: `;
      return `  ${severity} ${code} ${location.path}:${location.startLine} ${what}${reason}`;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
    '',
  ]
    .map(plainText)
    .join('\n');
}
