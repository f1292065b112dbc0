import {
  type Asked,
  type CanReachQuestion,
  type Direction,
  type QuestionProblem,
  type ReachabilityAnswer,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { supposePods } from '../hypothetical/suppose-pods.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { NO_ROW } from '../snapshot-index.js';
import { AskedTraffic } from './asked-traffic.js';
import { Caveats, type EngineCaveat } from './caveats.js';
import { sideCaveats } from './side-caveats.js';
import { type EndPair, pairsOf } from './end-pairs.js';
import { explainSide } from './explain-side.js';
import { isResolved, resolveEndpoint } from './resolve-endpoint.js';
import type { ResolvedEndpoint } from './resolved-endpoint.js';
import { missingServicePort } from '../services/resolve-service.js';
import { isFreeProtocol, judge } from './verdict.js';

/**
 * Whether traffic may pass, and why: over all pairs of the two endpoints, explained on one of them. Where nothing enforces
 * policies, what they say is told beside it.
 */
export function canReach(given: Analysis, question: CanReachQuestion): Asked<ReachabilityAnswer> {
  const analysis = supposePods(given, [question.from, question.to], true);
  const enforced = answerOf(analysis, question);
  if (question.isEnforced || !enforced.ok) return enforced;
  const real = answerOf(analysis.inForce(question), question);
  if (!real.ok) return real;
  const { verdictIfEnforced, explanation } = enforced.answer;
  const caveats = new Caveats(analysis);
  caveats.addAll([enforced.answer, real.answer]);
  const answer = { ...real.answer, verdictIfEnforced, explanation, caveats: caveats.list() };
  return { ok: true, answer };
}

function answerOf(analysis: Analysis, question: CanReachQuestion): Asked<ReachabilityAnswer> {
  analysis.startQuestion();
  return judgeConnection(analysis, question);
}

/** The same as a part of another question, whose analysis says whether policies are in force. */
export function judgeConnection(
  analysis: Analysis,
  question: CanReachQuestion,
): Asked<ReachabilityAnswer> {
  const ends = resolveEnds(analysis, question);
  if ('argument' in ends) return { ok: false, problem: ends };
  const asked = new AskedTraffic(analysis, question.traffic, ends.to.servicePorts);
  const outcome = judgePairs(analysis, pairsOf(analysis, ends.from, ends.to, asked));
  const { sample, allowed, denied, unknown } = outcome;
  const egress = explainSide(analysis, 'EGRESS', sample, question.traffic);
  const ingress = explainSide(analysis, 'INGRESS', sample, question.traffic);

  const caveats = new Caveats(analysis);
  const query = question.traffic;
  const { from, to } = ends;
  const common = { asked, query, external: true };
  sideCaveats(analysis, { direction: 'EGRESS', endpoint: from, peer: to, ...common }, caveats);
  sideCaveats(analysis, { direction: 'INGRESS', endpoint: to, peer: from, ...common }, caveats);
  for (const code of outcome.caveats) caveats.add(code);
  const { traffic } = analysis;
  const verdict = isFreeProtocol(analysis.index, query) ? 'ALLOWED' : judge(outcome.asked, outcome);
  return {
    ok: true,
    answer: {
      from: from.ref,
      to: to.ref,
      verdict,
      isEnforced: analysis.index.isEnforced,
      verdictIfEnforced: verdict,
      allowed: traffic.get(allowed),
      denied: traffic.get(denied),
      unknown: traffic.get(unknown),
      explanation: {
        pairs: outcome.pairs,
        source: sample.source.name,
        destination: sample.destination.name,
        egress,
        ingress,
      },
      caveats: caveats.list(),
    },
  };
}

interface Ends {
  readonly from: ResolvedEndpoint;
  readonly to: ResolvedEndpoint;
}

function resolveEnds(analysis: Analysis, question: CanReachQuestion): Ends | QuestionProblem {
  const from = resolveEndpoint(analysis, question.from);
  if (!isResolved(from)) return { ...from, argument: 'from' };
  const to = resolveEndpoint(analysis, question.to);
  if (!isResolved(to)) return { ...to, argument: 'to' };
  const missing = missingServicePort(to, question.traffic);
  if (missing !== null) return { ...missing, argument: 'traffic' };
  if (from.pods.length + to.pods.length === 0) {
    const message = 'Neither end has a pod that takes part: there is no policy to ask.';
    return { code: 'INVALID', message, argument: 'from' };
  }
  for (const [argument, { pods, external }] of Object.entries({ from, to }))
    if (pods.length === 0 && external === null) {
      const message =
        'The endpoint has no pod that takes part (selects nothing, or all have ended).';
      return { code: 'INVALID', message, argument };
    }
  return { from, to };
}

/** What holds over all pairs: traffic sets of at least one pair each, and the pair to explain. */
interface Outcome {
  readonly pairs: number;
  readonly asked: number;
  readonly allowed: number;
  readonly denied: number;
  readonly unknown: number;
  /** A pair that is denied something, else one that is not known, else the first. */
  readonly sample: EndPair;
  /** What the answer about some pair rests on. */
  readonly caveats: ReadonlySet<EngineCaveat>;
}

function judgePairs(analysis: Analysis, pairs: Iterable<EndPair>): Outcome {
  const { traffic } = analysis;
  const found = { pairs: 0, asked: NO_TRAFFIC, allowed: NO_TRAFFIC, denied: NO_TRAFFIC };
  const caveats = new Set<EngineCaveat>();
  let unknown = NO_TRAFFIC;
  let first: EndPair | null = null;
  let refused: EndPair | null = null;
  let undecided: EndPair | null = null;
  for (const pair of pairs) {
    const { asked, admitted, possible } = pair;
    const missing = traffic.difference(asked, possible);
    const open = traffic.intersection(traffic.difference(possible, admitted), asked);
    found.pairs++;
    found.asked = traffic.union(found.asked, asked);
    found.allowed = traffic.union(found.allowed, traffic.intersection(admitted, asked));
    found.denied = traffic.union(found.denied, missing);
    unknown = traffic.union(unknown, open);
    first ??= pair;
    if (missing !== NO_TRAFFIC) refused ??= pair;
    if (open !== NO_TRAFFIC) undecided ??= pair;
    if (pair.isOwnNode) caveats.add('NODE_LOCAL_ALWAYS_ALLOWED');
    if (open !== NO_TRAFFIC) caveats.add('DOMAIN_NAMES_NOT_RESOLVED');
    // What a load balancer passes on may come from the pod's own node, which nothing denies.
    if (pair.source.podClass === null && missing !== NO_TRAFFIC)
      caveats.add('SOURCE_ADDRESS_MAY_BE_TRANSLATED');
    if (!caveats.has('IP_BLOCK_MATCHES_PODS') && restsOnBlock(analysis, pair))
      caveats.add('IP_BLOCK_MATCHES_PODS');
  }
  return { ...found, unknown, sample: refused ?? undecided ?? first!, caveats };
}

/** Whether some of what two pods may exchange is admitted by an ipBlock that has the address of one. */
function restsOnBlock(analysis: Analysis, { source, destination, ...pair }: EndPair): boolean {
  if (source.podClass === null || destination.podClass === null) return false;
  if (pair.isNodeLocal || pair.isSelf) return false;
  const passed = analysis.traffic.intersection(pair.admitted, pair.asked);
  return (
    passed !== NO_TRAFFIC &&
    (blockAdmits(analysis, 'EGRESS', source.podClass, destination.podClass, passed) ||
      blockAdmits(analysis, 'INGRESS', destination.podClass, source.podClass, passed))
  );
}

function blockAdmits(
  analysis: Analysis,
  direction: Direction,
  subject: number,
  peer: number,
  passed: number,
): boolean {
  const row = analysis.rowOf(direction, subject);
  if (row === NO_ROW || !analysis.facts.rowUsesBlocks(direction, row)) return false;
  const { entryAddresses, entryTraffic, policy } = analysis.index.compiled;
  let isFound = false;
  analysis.eachEntry(direction, row, (entry, compiled) => {
    isFound ||=
      entryAddresses[entry]! >= 0 &&
      policy[compiled]! < analysis.view.firstClusterPolicy &&
      analysis.entryAdmitsClass(entry, peer) &&
      analysis.traffic.intersection(entryTraffic[entry]!, passed) !== NO_TRAFFIC;
  });
  return isFound;
}
