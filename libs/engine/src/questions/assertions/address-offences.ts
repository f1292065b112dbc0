import {
  type Cidr,
  commonCidr,
  type Direction,
  type EndpointRef,
  formatCidr,
  parseCidr,
  rangeToCidrs,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { atomBounds } from '../../build/address-atoms.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { NO_ROW } from '../../snapshot-index.js';
import { externalRef } from '../access-rows.js';
import type { AskedTraffic } from '../asked-traffic.js';
import { addressPairs } from '../end-pairs.js';
import { clipAtoms, trafficWithAddresses, trafficWithSomeAddress } from '../external-traffic.js';
import { refOf } from '../grouping.js';
import { externalGroups } from '../groups.js';
import { hasPublicAddress } from '../public-addresses.js';
import {
  endpointOfPods,
  type ExternalAddresses,
  type ResolvedEndpoint,
} from '../resolved-endpoint.js';
import type { Offences } from './offences.js';
import type { AssertedPairs, Verdicts } from './pod-offences.js';
import { podsByClass } from './workload-pods.js';

/** Pods of one side and addresses of the other that do not do what they have to. */
export function findAddressOffences(
  analysis: Analysis,
  { from, to, asked, demand }: AssertedPairs,
  verdicts: Verdicts,
): void {
  const find = demand === 'REACH' ? findDenied : findAllowed;
  if (from.external !== null)
    find(analysis, { direction: 'INGRESS', inside: to, outside: from.external, asked }, verdicts);
  if (to.external !== null)
    find(analysis, { direction: 'EGRESS', inside: from, outside: to.external, asked }, verdicts);
}

/** Pods with addresses; `direction` is the pods' side. */
interface OutsidePairs {
  readonly direction: Direction;
  readonly inside: ResolvedEndpoint;
  readonly outside: ExternalAddresses;
  readonly asked: AskedTraffic;
}

/** What passes and must not. That a pod's own node always passes is no matter of policies. */
function findAllowed(
  analysis: Analysis,
  { direction, inside, outside, asked }: OutsidePairs,
  { broken, unknown }: Verdicts,
): void {
  const { traffic } = analysis;
  const open = new Map<number, number[]>();
  const perhaps = new OutsideTraffic(analysis, direction, outside);
  for (const [one, workloads] of podsByClass(analysis, inside)) {
    const wanted = direction === 'INGRESS' ? asked.ofClass(one) : asked.ofAddresses();
    const passing = trafficWithSomeAddress(analysis, direction, one, outside.atoms);
    if (traffic.intersection(passing, wanted) !== NO_TRAFFIC)
      for (const [workload, pods] of workloads)
        open.set(workload, [...(open.get(workload) ?? []), ...pods]);
    for (const { more, atoms } of possiblyPassing(analysis, direction, one, wanted, outside))
      for (const workload of workloads.keys()) perhaps.add(workload, more, atoms);
  }
  for (const [workload, pods] of inOrder(open)) {
    const ref = refOf(analysis, 'WORKLOAD', workload);
    const endpoint = endpointOfPods(analysis, ref, pods, workload);
    for (const group of externalGroups(analysis, direction, endpoint, asked, false, outside))
      broken.addOutside(direction, workload, externalRef(group), group.traffic);
    if (broken.isFull) break;
  }
  perhaps.tell(unknown);
}

/** What passes only if an address has a domain name that a rule names, and to which addresses. */
function* possiblyPassing(
  analysis: Analysis,
  direction: Direction,
  podClass: number,
  wanted: number,
  { atoms }: ExternalAddresses,
): Generator<{ readonly more: number; readonly atoms: Int32Array }> {
  const row = analysis.rowOf(direction, podClass);
  // Only rules of admin and baseline policies name domains.
  if (row === NO_ROW || !analysis.isTiered(direction, row)) return;
  const subjects = [{ podClass, asked: wanted }];
  const { cuts, traffic } = trafficWithAddresses(analysis, direction, subjects);
  const possible = trafficWithAddresses(analysis, direction, subjects, 'POSSIBLE').traffic;
  for (let piece = 0; piece < traffic.length; piece++) {
    const more = analysis.traffic.difference(possible[piece]!, traffic[piece]!);
    const clipped = clipAtoms(atoms, cuts[piece]!, cuts[piece + 1]!);
    if (more !== NO_TRAFFIC && clipped.length > 0) yield { more, atoms: clipped };
  }
}

/** What has to pass and does not, or perhaps does. */
function findDenied(
  analysis: Analysis,
  { direction, inside, outside, asked }: OutsidePairs,
  { broken, unknown }: Verdicts,
): void {
  const { traffic } = analysis;
  const denied = new OutsideTraffic(analysis, direction, outside);
  const perhaps = new OutsideTraffic(analysis, direction, outside);
  for (const [podClass, workloads] of podsByClass(analysis, inside))
    for (const [workload, pods] of workloads)
      for (const pair of addressPairs(analysis, outside, { podClass, pods }, asked, direction)) {
        const { admitted, possible } = pair;
        const { atoms } = direction === 'INGRESS' ? pair.source : pair.destination;
        const missing = traffic.difference(pair.asked, possible);
        const open = traffic.intersection(traffic.difference(possible, admitted), pair.asked);
        if (missing !== NO_TRAFFIC) denied.add(workload, missing, atoms);
        // A port name that is none there is asked about in vain.
        if (open !== NO_TRAFFIC || pair.asked === NO_TRAFFIC) perhaps.add(workload, open, atoms);
      }
  denied.tell(broken);
  perhaps.tell(unknown);
}

/** Traffic of workloads with addresses: a row for each workload. */
class OutsideTraffic {
  readonly #found = new Map<number, { traffic: number; readonly atoms: number[] }>();

  constructor(
    private readonly analysis: Analysis,
    private readonly direction: Direction,
    private readonly outside: ExternalAddresses,
  ) {}

  add(workload: number, traffic: number, atoms: Int32Array): void {
    let found = this.#found.get(workload);
    if (found === undefined)
      this.#found.set(workload, (found = { traffic: NO_TRAFFIC, atoms: [] }));
    found.traffic = this.analysis.traffic.union(found.traffic, traffic);
    found.atoms.push(...atoms);
  }

  tell(offences: Offences): void {
    for (const [workload, { traffic, atoms }] of inOrder(this.#found)) {
      const ref = refOfAtoms(this.analysis, atoms, this.outside);
      offences.addOutside(this.direction, workload, ref, traffic);
      if (offences.isFull) return;
    }
  }
}

function inOrder<Value>(byWorkload: ReadonlyMap<number, Value>): [number, Value][] {
  return [...byWorkload].sort(([a], [b]) => a - b);
}

/** Names the addresses of [first, end) pairs of atoms, as far as they lie in the networks of a side. */
function refOfAtoms(
  { index }: Analysis,
  atoms: readonly number[],
  { cidrs }: ExternalAddresses,
): EndpointRef {
  const networks = cidrs.map(parseCidr);
  const found: Cidr[] = [];
  for (const [first, end] of merged(atoms)) {
    const { family, first: from } = atomBounds(index.atoms, first);
    const { last } = atomBounds(index.atoms, end - 1);
    for (const cidr of rangeToCidrs(family, from, last))
      for (const network of networks) {
        const common = commonCidr(cidr, network);
        if (common !== null) found.push(common);
      }
  }
  const includesInternet = found.some(hasPublicAddress);
  return { kind: 'external', cidrs: found.map(formatCidr), includesInternet };
}

/** Ranges that overlap put together; none is of both families. */
function merged(ranges: readonly number[]): (readonly [number, number])[] {
  const pairs = Array.from(
    { length: ranges.length / 2 },
    (_, i) => [ranges[2 * i]!, ranges[2 * i + 1]!] as const,
  ).sort(([a], [b]) => a - b);
  const found: [number, number][] = [];
  for (const [first, end] of pairs) {
    const last = found.at(-1);
    if (last !== undefined && first < last[1]) last[1] = Math.max(last[1], end);
    else found.push([first, end]);
  }
  return found;
}
