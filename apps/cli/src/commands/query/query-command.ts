import { PROTOCOLS, type TrafficQuery } from '@portolan/model';
import type { Command } from '../../command.js';
import { EXIT } from '../../exit-code.js';
import { INPUT_OPTIONS, loadOne } from '../../input/load-one.js';
import type { CommandSpec } from '../../options/command-spec.js';
import type { CommandLine } from '../../options/parse-command.js';
import { Progress } from '../../output/progress.js';
import { outputOptions, readOutputs } from '../../output/read-outputs.js';
import { writeOutput } from '../../output/write-output.js';
import { askServer } from '../../server/ask-server.js';
import { findState } from '../../server/find-state.js';
import {
  readServerInput,
  SERVER_INPUT_NOTE,
  SERVER_INPUT_OPTIONS,
  type ServerInput,
} from '../../server/server-input.js';
import type { Terminal } from '../../terminal.js';
import { type Answer, connectionAnswer, peersAnswer } from './answer.js';
import { findPeers, findVerdict } from './ask-here.js';
import type { AskedEnd, ConnectionQuery, PeersQuery } from './questions.js';
import { ENDPOINT_FORMS, readEnd } from './read-end.js';
import { askServerPeers } from './server/ask-server-peers.js';
import { askServerVerdict } from './server/ask-server-verdict.js';

const QUESTIONS = ['who-can-reach', 'reachable-from', 'can-reach'] as const;
const FORMATS = ['text', 'json'] as const;
/** A port or a name for it. */
const LAST_PORT = 65_535;

const SPEC: CommandSpec = {
  name: 'query',
  about: 'who can reach what, and why',
  synopsis: 'INPUT who-can-reach END | reachable-from END | can-reach FROM TO [options]',
  options: [
    { name: 'port', value: 'PORT', about: 'a number, or the name of a container port' },
    {
      name: 'protocol',
      value: 'PROTOCOL',
      choices: PROTOCOLS,
      about: `${PROTOCOLS.join(', ')}; default any, or TCP with a port`,
    },
    ...outputOptions(FORMATS, false),
    ...INPUT_OPTIONS,
    ...SERVER_INPUT_OPTIONS,
  ],
  words: QUESTIONS,
  notes: [SERVER_INPUT_NOTE, ENDPOINT_FORMS],
  examples: [
    'portolan query deploy who-can-reach data/redis --port 6379',
    'portolan query deploy reachable-from shop/web -o json',
    'portolan query cluster.yaml can-reach shop/cart data/redis --port 6379',
    'kubectl get deployments,networkpolicies -A -o yaml | portolan query - who-can-reach internet',
    'portolan query --server https://portolan.example cluster:prod who-can-reach data/redis',
  ],
};

/** `portolan query`. */
export const QUERY: Command = { spec: SPEC, run: runQuery };

async function runQuery(line: CommandLine, terminal: Terminal): Promise<number> {
  const query = readQuery(line);
  const [output = { format: 'text', file: null } as const] = readOutputs(line, FORMATS, 'text');
  const stored = readServerInput(line, terminal);
  const answer =
    stored === null
      ? await answerHere(line, query, terminal)
      : await answerOnServer(stored, query, terminal);
  const text = output.format === 'json' ? `${JSON.stringify(answer.data, null, 2)}\n` : answer.text;
  await writeOutput(terminal, output.file, [text]);
  return EXIT.HELD;
}

function readQuery(line: CommandLine): PeersQuery | ConnectionQuery {
  const [, word, first, second] = line.words;
  if (word === undefined) throw line.wrong(`say what is asked: ${QUESTIONS.join(', ')}`);
  const question = QUESTIONS.find((known) => known === word);
  if (question === undefined)
    throw line.wrong(`there is no question ${word}; there are ${QUESTIONS.join(', ')}`);
  const needed = question === 'can-reach' ? 2 : 1;
  if (first === undefined || (needed === 2 && second === undefined))
    throw line.wrong(`${question} needs ${needed === 2 ? 'two ends, from and to' : 'an end'}`);
  line.noMoreThan(2 + needed);
  const traffic = readTraffic(line);
  const end = (text: string): AskedEnd => ({ text, end: readEnd(line, text) });
  return question === 'can-reach'
    ? { question, from: end(first), to: end(second ?? ''), traffic }
    : { question, end: end(first), traffic };
}

async function answerHere(
  line: CommandLine,
  query: PeersQuery | ConnectionQuery,
  terminal: Terminal,
): Promise<Answer> {
  const input = await loadOne(line, terminal, line.words.length);
  return query.question === 'can-reach'
    ? connectionAnswer(findVerdict(input, query))
    : peersAnswer(query, findPeers(input, query));
}

async function answerOnServer(
  { server, ref, assumeEnforced }: ServerInput,
  query: PeersQuery | ConnectionQuery,
  terminal: Terminal,
): Promise<Answer> {
  const progress = new Progress(terminal, false);
  progress.say(`${server.url.host} answers …`);
  try {
    return await askServer(server, async (client, signal) => {
      const snapshot = { client, id: await findState(client, ref, signal), signal };
      return query.question === 'can-reach'
        ? connectionAnswer(await askServerVerdict(snapshot, query, assumeEnforced))
        : peersAnswer(query, await askServerPeers(snapshot, query, assumeEnforced));
    });
  } finally {
    progress.end();
  }
}

function readTraffic(line: CommandLine): TrafficQuery {
  const protocol = line.oneOf('protocol', PROTOCOLS);
  const port = line.one('port');
  if (port === null) return { protocol, port: null, endPort: null, portName: null };
  if (!/^\d+$/.test(port))
    return { protocol: protocol ?? 'TCP', port: null, endPort: null, portName: port };
  const number = line.number('port', 1, LAST_PORT);
  return { protocol: protocol ?? 'TCP', port: number, endPort: null, portName: null };
}
