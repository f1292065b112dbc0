import {
  type AllowedAccess,
  type Asked,
  type BlastRadius,
  type BlastRadiusQuestion,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { supposePods } from '../../hypothetical/suppose-pods.js';
import { AskedTraffic } from '../asked-traffic.js';
import { Caveats } from '../caveats.js';
import { PUBLIC_CIDRS } from '../public-addresses.js';
import { isResolved, resolveEndpoint } from '../resolve-endpoint.js';
import { externalOf, type ResolvedEndpoint } from '../resolved-endpoint.js';
import { allAccessCaveats } from '../side-caveats.js';
import { reachAddresses } from './internet-hop.js';
import { KnownSources } from './known-sources.js';
import { NOT_REACHED, Spread } from './spread.js';
import { Steps } from './steps.js';

/** What the source reaches in any number of hops, each a connection that policies on both sides let pass. */
export function blastRadius(given: Analysis, question: BlastRadiusQuestion): Asked<BlastRadius> {
  const analysis = supposePods(given.inForce(question), [question.source]);
  analysis.startQuestion();
  const source = resolveEndpoint(analysis, question.source);
  if (!isResolved(source)) return { ok: false, problem: { ...source, argument: 'source' } };
  const target = question.pathTo === null ? null : resolveEndpoint(analysis, question.pathTo);
  if (target !== null && !isResolved(target))
    return { ok: false, problem: { ...target, argument: 'target' } };
  const asked = new AskedTraffic(analysis, question.traffic);
  const maxHops = question.maxHops ?? Infinity;
  const sources = KnownSources.for(analysis, question.traffic, asked);
  const spread = new Spread(analysis, source, asked, sources, { maxHops, hosts: question.hosts });
  const steps = new Steps(analysis, source, spread, asked);
  const byHop = groupByHop(spread, firstReached(analysis, spread));
  const internet = externalOf(analysis, PUBLIC_CIDRS);
  const toInternet =
    internet === null ? null : reachAddresses(analysis, spread, internet, asked, maxHops);
  const rows = rowsOf(question, byHop, steps);
  const path = target === null ? null : pathTo(analysis, spread, steps, target, asked, maxHops);
  const caveats = new Caveats(analysis);
  caveats.addIf(question.traffic.protocol === 'OTHER', 'NON_IP_PROTOCOL_UNDEFINED');
  allAccessCaveats(analysis, true, caveats);
  caveats.addAll([...rows, ...(path ?? [])]);
  return {
    ok: true,
    answer: {
      source: source.ref,
      workloadCount: byHop.reduce((count, pods) => count + pods.length, 0),
      otherWorkloads: countOthers(analysis, source, question.hosts),
      internetHop: toInternet?.hop ?? null,
      hops: byHop.map((pods, i) => ({ hop: i + 1, workloadCount: pods.length })),
      rows,
      path,
      caveats: caveats.list(),
    },
  };
}

/** By workload: the pod of it that is reached first, or -1. Workloads of the source are left out. */
function firstReached({ index, view }: Analysis, { levels }: Spread): Int32Array {
  const { podWorkload } = index.pods;
  const first = new Int32Array(view.workloadCount + index.hypothetical.length).fill(-1);
  const isOwn = new Uint8Array(first.length);
  for (const pod of levels[0] ?? []) isOwn[podWorkload[pod]!] = 1;
  for (const pods of levels.slice(1))
    for (const pod of pods) {
      const workload = podWorkload[pod]!;
      if (isOwn[workload] === 0 && first[workload] === -1) first[workload] = pod;
    }
  return first;
}

/** These pods by their hops, from the first; within a hop in the order of their workloads. */
function groupByHop({ hop, levels }: Spread, first: Int32Array): number[][] {
  const byHop = Array.from({ length: levels.length - 1 }, (): number[] => []);
  for (const pod of first) if (pod >= 0) byHop[hop[pod]! - 1]!.push(pod);
  while (byHop.at(-1)?.length === 0) byHop.pop();
  return byHop;
}

function countOthers({ index, view }: Analysis, source: ResolvedEndpoint, hosts: boolean): number {
  const { podClass, podWorkload } = index.pods;
  const isOther = new Uint8Array(view.workloadCount + index.hypothetical.length);
  for (let pod = 0; pod < podClass.length; pod++)
    if (podClass[pod]! >= 0 && (hosts || index.classes.host[podClass[pod]!] === 0))
      isOther[podWorkload[pod]!] = 1;
  for (const pod of source.pods) isOther[podWorkload[pod]!] = 0;
  return isOther.reduce((count, one) => count + one, 0);
}

function rowsOf(
  { rowsOfHop }: BlastRadiusQuestion,
  byHop: readonly (readonly number[])[],
  steps: Steps,
): AllowedAccess[] {
  if (rowsOfHop === null) return [];
  const { offset, limit } = rowsOfHop.page;
  const pods = byHop[rowsOfHop.hop - 1] ?? [];
  return pods.slice(offset, offset + limit).map((pod) => steps.to(pod));
}

function pathTo(
  analysis: Analysis,
  spread: Spread,
  steps: Steps,
  target: ResolvedEndpoint,
  asked: AskedTraffic,
  maxHops: number,
): AllowedAccess[] | null {
  let nearest = NOT_REACHED;
  for (const pod of target.pods) {
    const hop = spread.hop[pod]!;
    if (hop === NOT_REACHED) continue;
    if (nearest === NOT_REACHED || hop < spread.hop[nearest]!) nearest = pod;
  }
  const outside =
    target.external === null
      ? null
      : reachAddresses(analysis, spread, target.external, asked, maxHops);
  if (outside !== null && target.external !== null)
    if (nearest === NOT_REACHED || outside.hop < spread.hop[nearest]!)
      return [...steps.pathTo(outside.pod), ...steps.toAddresses(outside.pod, target.external)];
  return nearest === NOT_REACHED ? null : steps.pathTo(nearest);
}
