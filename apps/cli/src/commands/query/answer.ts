import { type Caveat, formatTraffic } from '@portolan/model';
import { plainText } from '@portolan/report';
import type { ConnectionFacts, PeersFacts, PeersQuery } from './questions.js';

/** An answer in both forms. */
export interface Answer {
  readonly text: string;
  readonly data: unknown;
}

/** All peers of an end, for people and for programs. */
export function peersAnswer(
  { question, end }: Pick<PeersQuery, 'question' | 'end'>,
  { rows, caveats }: PeersFacts,
): Answer {
  const lines = rows.flatMap(({ source, destination, traffic, rules }) => [
    plainText(`${source} → ${destination}: ${formatTraffic(traffic)}`),
    ...rules.map((rule) => plainText(`    ${rule}`)),
  ]);
  const nobody = question === 'who-can-reach' ? 'Nobody.' : 'Nothing.';
  const body = lines.length === 0 ? [nobody] : lines;
  return {
    text: `${[...body, ...caveatLines(caveats)].join('\n')}\n`,
    data: { question, end: end.text, rows, caveats },
  };
}

/** The verdict about a connection, for people and for programs. */
export function connectionAnswer(facts: ConnectionFacts): Answer {
  const lines = facts.explanation.replaceAll('**', '').split('\n').map(plainText);
  return {
    text: `${[...lines, ...caveatLines(facts.caveats)].join('\n')}\n`,
    data: { question: 'can-reach', ...facts },
  };
}

/** Lines about what an answer rests on. */
function caveatLines(caveats: readonly Caveat[]): string[] {
  if (caveats.length === 0) return [];
  const lines = caveats.map(({ code, message }) => plainText(`  ${code}: ${message}`));
  return ['', 'What this rests on', ...lines];
}
