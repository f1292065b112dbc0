import {
  canReach,
  displayName,
  explanationText,
  reachableFrom,
  whoCanReach,
} from '@portolan/engine';
import { type AccessReason, type AllowedAccess, DEFAULT_PEER_SCOPE } from '@portolan/model';
import { InputError } from '../../command-error.js';
import type { Analysed } from '../../input/analyse.js';
import { readingCaveats } from '../../input/reading-caveats.js';
import { findEnd } from './find-end.js';
import { ruleLocator, ruleText } from './locate-rules.js';
import type { ConnectionFacts, ConnectionQuery, PeersFacts, PeersQuery } from './questions.js';

/** All peers of an end in the input. @throws InputError */
export function findPeers(input: Analysed, { question, end, traffic }: PeersQuery): PeersFacts {
  const ask = question === 'who-can-reach' ? whoCanReach : reachableFrom;
  const asked = ask(input.analysis, {
    endpoint: findEnd(input.analysis.view, end.end),
    traffic,
    groupBy: 'WORKLOAD',
    peers: DEFAULT_PEER_SCOPE,
    page: { offset: 0, limit: Number.MAX_SAFE_INTEGER },
    isExplained: true,
    isEnforced: true,
  });
  if (!asked.ok) throw new InputError(asked.problem.message);
  const locate = ruleLocator(input);
  return {
    rows: asked.answer.rows.map((row) => ({
      source: displayName(row.source),
      destination: displayName(row.destination),
      traffic: row.traffic,
      rules: rulesOf(row, input, locate),
    })),
    caveats: [...asked.answer.caveats, ...readingCaveats(input)],
  };
}

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

/** Whether a connection passes in the input. @throws InputError */
export function findVerdict(
  input: Analysed,
  { from, to, traffic }: ConnectionQuery,
): ConnectionFacts {
  const { view } = input.analysis;
  const asked = canReach(input.analysis, {
    from: findEnd(view, from.end),
    to: findEnd(view, to.end),
    traffic,
    isEnforced: true,
  });
  if (!asked.ok) throw new InputError(asked.problem.message);
  const { answer } = asked;
  const { verdict, allowed, denied, unknown } = answer;
  return {
    from: displayName(answer.from),
    to: displayName(answer.to),
    verdict,
    allowed,
    denied,
    unknown,
    explanation: explanationText(input.analysis, answer, ruleLocator(input)),
    caveats: [...answer.caveats, ...readingCaveats(input)],
  };
}
