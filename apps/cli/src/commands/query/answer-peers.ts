import { displayName, reachableFrom, whoCanReach } from '@portolan/engine';
import {
  type AccessReason,
  type AllowedAccess,
  DEFAULT_PEER_SCOPE,
  formatTraffic,
  type TrafficQuery,
} from '@portolan/model';
import { plainText } from '@portolan/report';
import { InputError } from '../../command-error.js';
import type { Analysed } from '../../input/analyse.js';
import { readingCaveats } from '../../input/reading-caveats.js';
import type { CommandLine } from '../../options/parse-command.js';
import { type Answer, caveatLines } from './answer.js';
import { ruleLocator, ruleText } from './locate-rules.js';
import { readEndpoint } from './read-endpoint.js';

/** Who can reach an end, or what it can reach. */
export interface PeersQuery {
  readonly question: 'who-can-reach' | 'reachable-from';
  readonly end: string;
  readonly traffic: TrafficQuery;
}

/** All peers of an end, each with the rules that let the traffic pass. @throws UsageError, InputError */
export function answerPeers(
  line: CommandLine,
  input: Analysed,
  { question, end, traffic }: PeersQuery,
): Answer {
  const endpoint = readEndpoint(line, input.analysis.view, end);
  const ask = question === 'who-can-reach' ? whoCanReach : reachableFrom;
  const asked = ask(input.analysis, {
    endpoint,
    traffic,
    groupBy: 'WORKLOAD',
    peers: DEFAULT_PEER_SCOPE,
    page: { offset: 0, limit: Number.MAX_SAFE_INTEGER },
    isExplained: true,
    isEnforced: true,
  });
  if (!asked.ok) throw new InputError(asked.problem.message);
  const { rows } = asked.answer;
  const caveats = [...asked.answer.caveats, ...readingCaveats(input)];
  const locate = ruleLocator(input);
  const described = rows.map((row) => ({ row, rules: rulesOf(row, input, locate) }));
  const data = {
    question,
    end,
    rows: described.map(({ row: { source, destination, traffic: allowed }, rules }) => ({
      source: displayName(source),
      destination: displayName(destination),
      traffic: allowed,
      rules,
    })),
    caveats,
  };
  const lines = described.flatMap(({ row: { source, destination, traffic: allowed }, rules }) => [
    plainText(`${displayName(source)} → ${displayName(destination)}: ${formatTraffic(allowed)}`),
    ...rules.map((rule) => plainText(`    ${rule}`)),
  ]);
  const nobody = question === 'who-can-reach' ? 'Nobody.' : 'Nothing.';
  const body = lines.length === 0 ? [nobody] : lines;
  return { text: `${[...body, ...caveatLines(caveats)].join('\n')}\n`, data };
}

/** Rules of both sides, each once. A side that nothing isolates has none. */
function rulesOf(
  { egressReason, ingressReason }: AllowedAccess,
  input: Analysed,
  locate: ReturnType<typeof ruleLocator>,
): string[] {
  const rules = [egressReason, ingressReason].flatMap(
    (reason: AccessReason | null) => reason?.rules ?? [],
  );
  return [...new Set(rules.map((rule) => ruleText(input, rule, locate)))];
}
