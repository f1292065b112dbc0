import { type Asked, type CanReachQuestion, type ReachabilityAnswer } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { AskedTraffic } from './asked-traffic.js';
import { Caveats, isIpBlockMatch, isNetworkMatch, sideCaveats } from './caveats.js';
import { explainSide } from './explain-side.js';
import { type EndPair, pairsOf } from './end-pairs.js';
import { judge } from './verdict.js';
import { isResolved, resolveEndpoint } from './resolve-endpoint.js';

/** Whether traffic may pass, and why: over all pairs of the two endpoints, explained on one of them. */
export function canReach(
  analysis: Analysis,
  question: CanReachQuestion,
): Asked<ReachabilityAnswer> {
  analysis.startQuestion();
  const from = resolveEndpoint(analysis, question.from);
  if (!isResolved(from)) return { ok: false, problem: { ...from, argument: 'from' } };
  const to = resolveEndpoint(analysis, question.to);
  if (!isResolved(to)) return { ok: false, problem: { ...to, argument: 'to' } };
  if (from.pods.length + to.pods.length === 0) {
    const message = 'Neither end has a pod that takes part: there is no policy to ask.';
    return { ok: false, problem: { code: 'INVALID', message, argument: 'from' } };
  }
  for (const [argument, end] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (end.pods.length === 0 && end.external === null)
      return {
        ok: false,
        problem: {
          code: 'INVALID',
          message: 'The endpoint has no pod that takes part (selects nothing, or all have ended).',
          argument,
        },
      };

  const asked = new AskedTraffic(analysis, question.traffic);
  const { traffic } = analysis;
  let allowed = NO_TRAFFIC;
  let denied = NO_TRAFFIC;
  let unknown = NO_TRAFFIC;
  let wanted = NO_TRAFFIC;
  let first: EndPair | null = null;
  let refused: EndPair | null = null;
  let undecided: EndPair | null = null;
  let pairs = 0;
  for (const pair of pairsOf(analysis, from, to, asked)) {
    pairs++;
    wanted = traffic.union(wanted, pair.asked);
    allowed = traffic.union(allowed, traffic.intersection(pair.admitted, pair.asked));
    const missing = traffic.difference(pair.asked, pair.possible);
    denied = traffic.union(denied, missing);
    const open = traffic.intersection(traffic.difference(pair.possible, pair.admitted), pair.asked);
    unknown = traffic.union(unknown, open);
    first ??= pair;
    if (missing !== NO_TRAFFIC) refused ??= pair;
    if (open !== NO_TRAFFIC) undecided ??= pair;
  }
  const sample = refused ?? undecided ?? first!;
  const verdict = judge(wanted, { allowed, denied, unknown });
  const egress = explainSide(analysis, 'EGRESS', sample, question.traffic);
  const ingress = explainSide(analysis, 'INGRESS', sample, question.traffic);
  const caveats = new Caveats();
  const ends = { asked, query: question.traffic };
  sideCaveats(analysis, { direction: 'EGRESS', endpoint: from, peer: to, ...ends }, caveats);
  sideCaveats(analysis, { direction: 'INGRESS', endpoint: to, peer: from, ...ends }, caveats);
  const rules = [...egress.allowedBy, ...ingress.allowedBy];
  const isOutside = sample.source.podClass === null || sample.destination.podClass === null;
  const usesBlock = rules.some((rule) => isIpBlockMatch(analysis, rule));
  caveats.addIf(usesBlock && !isOutside, 'IP_BLOCK_MATCHES_PODS');
  const usesNetwork = rules.some((rule) => isNetworkMatch(analysis, rule));
  caveats.addIf(usesNetwork && isOutside, 'SOURCE_ADDRESS_MAY_BE_TRANSLATED');
  caveats.addIf(unknown !== NO_TRAFFIC, 'DOMAIN_NAMES_NOT_RESOLVED');
  caveats.addIf(sample.isNodeLocal, 'NODE_LOCAL_ALWAYS_ALLOWED');
  const answer: ReachabilityAnswer = {
    from: from.ref,
    to: to.ref,
    verdict,
    allowed: traffic.get(allowed),
    denied: traffic.get(denied),
    unknown: traffic.get(unknown),
    explanation: {
      pairs,
      source: sample.source.name,
      destination: sample.destination.name,
      egress,
      ingress,
    },
    caveats: caveats.list(),
  };
  return { ok: true, answer };
}
