import { type AccessAssertion, type AssertionAnswer, DIRECTIONS } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { AskedTraffic } from '../asked-traffic.js';
import { Caveats } from '../caveats.js';
import type { ResolvedEndpoint } from '../resolved-endpoint.js';
import { sideCaveats } from '../side-caveats.js';
import { findAddressOffences } from './address-offences.js';
import { type AssertedSide, resolveSide } from './asserted-ends.js';
import { Offences } from './offences.js';
import { type AssertedPairs, findPodOffences } from './pod-offences.js';
import { podsByClass } from './workload-pods.js';

/**
 * Whether policies keep to an assertion, over all pairs of its ends. What is not known, as behind rules of domain names, breaks
 * nothing and leaves it undecided.
 */
export function checkAssertion(analysis: Analysis, assertion: AccessAssertion): AssertionAnswer {
  analysis.startQuestion();
  const from = resolveSide(analysis, assertion.from);
  const to = resolveSide(analysis, assertion.to);
  const isolation = assertion.kind === 'MUST_BE_ISOLATED';
  const pairs = isolation ? null : pairsOf(analysis, assertion, from, to);
  const isVacuous =
    pairs === null
      ? to.meant.pods.length === 0
      : isNothingMeant(assertion, from, to) || isNothingAsked(analysis, assertion, pairs);
  const broken = new Offences(
    analysis,
    isolation ? 'NOT_ISOLATED' : assertion.kind === 'MUST_REACH' ? 'DENIED' : 'ALLOWED',
  );
  const unknown = new Offences(analysis, 'UNKNOWN');
  if (!isVacuous && pairs === null) findOpen(analysis, to.meant, broken);
  if (!isVacuous && pairs !== null) {
    findPodOffences(analysis, pairs, { broken, unknown });
    findAddressOffences(analysis, pairs, { broken, unknown });
  }
  return {
    isVacuous,
    unmatched: [
      ...from.unmatched.map((at) => ({ side: 'from', at }) as const),
      ...to.unmatched.map((at) => ({ side: 'to', at }) as const),
    ],
    broken: broken.list(),
    unknown: unknown.list(),
    caveats: isVacuous || pairs === null ? [] : caveatsOf(analysis, assertion, pairs),
  };
}

function pairsOf(
  analysis: Analysis,
  { kind, traffic }: AccessAssertion,
  from: AssertedSide,
  to: AssertedSide,
): AssertedPairs {
  return {
    from: kind === 'ONLY_REACHABLE_FROM' ? from.others : from.meant,
    to: kind === 'MAY_ONLY_REACH' ? to.others : to.meant,
    asked: new AskedTraffic(analysis, traffic),
    demand: kind === 'MUST_REACH' ? 'REACH' : 'NOT_REACH',
  };
}

/** Who may reach, or be reached, may be nobody; what it is about may not. */
function isNothingMeant({ kind }: AccessAssertion, from: AssertedSide, to: AssertedSide): boolean {
  const isFromNeeded = kind !== 'ONLY_REACHABLE_FROM';
  const isToNeeded = kind !== 'MAY_ONLY_REACH';
  return (isFromNeeded && isEmpty(from.meant)) || (isToNeeded && isEmpty(to.meant));
}

function isEmpty({ pods, external }: ResolvedEndpoint): boolean {
  return pods.length === 0 && external === null;
}

/** Whether no pair is left to ask about, or no destination knows the name of the port. */
function isNothingAsked(
  analysis: Analysis,
  { kind, traffic }: AccessAssertion,
  { from, to, asked }: AssertedPairs,
): boolean {
  if (!hasPair(analysis, from, to)) return true;
  if (traffic.portName === null) return false;
  // Of a name that nobody has, nothing can be said: it may be written wrongly.
  const { count } = analysis.index.classes;
  const destinations =
    kind === 'MAY_ONLY_REACH' ? Array.from({ length: count }, (_, one) => one) : [...to.classes];
  return destinations.every((one) => asked.ofClass(one) === NO_TRAFFIC);
}

function hasPair({ view }: Analysis, from: ResolvedEndpoint, to: ResolvedEndpoint): boolean {
  const [a, b] = [from.pods, to.pods];
  if ((from.external !== null && b.length > 0) || (to.external !== null && a.length > 0))
    return true;
  if (a.length === 0 || b.length === 0) return false;
  const isOnePod = a.length === 1 && b.length === 1 && a[0] === b[0];
  return !isOnePod || view.pod(a[0]!).template;
}

/** Pods that no NetworkPolicy isolates in some direction; pods on the network of their node have none. */
function findOpen(analysis: Analysis, endpoint: ResolvedEndpoint, broken: Offences): void {
  for (const [podClass, workloads] of podsByClass(analysis, endpoint)) {
    const open = DIRECTIONS.filter((direction) => !analysis.isIsolated(direction, podClass));
    if (open.length > 0) for (const workload of workloads.keys()) broken.addOpen(workload, open);
  }
}

function caveatsOf(
  analysis: Analysis,
  { kind, traffic: query }: AccessAssertion,
  { from, to, asked, demand }: AssertedPairs,
): AssertionAnswer['caveats'] {
  const caveats = new Caveats(analysis);
  const common = { asked, query, external: true };
  if (kind !== 'ONLY_REACHABLE_FROM')
    sideCaveats(analysis, { direction: 'EGRESS', endpoint: from, peer: to, ...common }, caveats);
  if (kind !== 'MAY_ONLY_REACH')
    sideCaveats(analysis, { direction: 'INGRESS', endpoint: to, peer: from, ...common }, caveats);
  const { localNode } = analysis.index.pods;
  const subjects = kind === 'MAY_ONLY_REACH' ? from.pods : to.pods;
  caveats.addIf(
    demand === 'NOT_REACH' && subjects.some((pod) => localNode[pod]! >= 0),
    'NODE_LOCAL_ALWAYS_ALLOWED',
  );
  return caveats.list();
}
