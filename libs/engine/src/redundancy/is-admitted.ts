import { boxesWithout, intersectBoxes } from '../hypothetical/label-box.js';
import type { TrafficSets } from '../sets/traffic-sets.js';
import {
  type Admission,
  arePortsMeeting,
  isNoPort,
  type PeerRegion,
  portsWithout,
} from './admission.js';

/** Pieces that it may take to find out; beyond that the answer is no. */
const PIECES = 2_000;

/**
 * Whether some admissions together admit all of another one: every peer that could exist, each with all of its ports. A no
 * may also mean that it takes too long to find out.
 */
export function isAdmitted(
  traffic: TrafficSets,
  wanted: Admission,
  given: readonly Admission[],
): boolean {
  const meeting = given.filter((other) => arePortsMeeting(traffic, wanted.ports, other.ports));
  const areEnough = (some: readonly Admission[]): boolean =>
    traffic.areEnough(
      some.map(({ ports }) => ports.traffic),
      wanted.ports.traffic,
    );
  // Most rules have ports that no other has, and that is seen before regions are looked at.
  if (!areEnough(meeting)) return false;
  const helping = meeting.filter(({ region }) => intersectRegions(wanted.region, region) !== null);
  if (!areEnough(helping)) return false;
  const others = together(traffic, helping);
  let pieces = 0;
  const rest = (piece: Admission, from: number): boolean => {
    if (isNoPort(piece.ports)) return true;
    if (++pieces > PIECES) return false;
    for (let i = from; i < others.length; i++) {
      const other = others[i]!;
      const ports = portsWithout(traffic, piece.ports, other.ports);
      const isHelp =
        ports.traffic !== piece.ports.traffic || ports.names.length < piece.ports.names.length;
      if (!isHelp) continue;
      const inside = intersectRegions(piece.region, other.region);
      if (inside === null) continue;
      return (
        rest({ region: inside, ports }, i + 1) &&
        regionWithout(piece.region, other.region).every((region) =>
          rest({ region, ports: piece.ports }, i + 1),
        )
      );
    }
    return false;
  };
  return rest(wanted, 0);
}

/** What admits everyone as one admission, before the others: of many with a port each, every step would be a set of its own. */
function together(traffic: TrafficSets, all: readonly Admission[]): Admission[] {
  const forEveryone = all.filter(({ region }) => region.kind === 'everyone');
  if (forEveryone.length < 2) return [...all];
  const ports = {
    traffic: traffic.unionOf(forEveryone.map(({ ports }) => ports.traffic)),
    names: forEveryone.flatMap(({ ports }) => ports.names),
  };
  return [
    { region: { kind: 'everyone' }, ports },
    ...all.filter(({ region }) => region.kind !== 'everyone'),
  ];
}

function intersectRegions(a: PeerRegion, b: PeerRegion): PeerRegion | null {
  if (b.kind === 'everyone') return a;
  if (a.kind === 'pods' && b.kind === 'pods') {
    const box = intersectBoxes(a.box, b.box);
    return box && { kind: 'pods', box };
  }
  if (a.kind !== 'networks' || b.kind !== 'networks') return null;
  const atoms = commonRanges(a.atoms, b.atoms);
  return atoms.length === 0 ? null : { kind: 'networks', atoms };
}

function regionWithout(a: PeerRegion, b: PeerRegion): PeerRegion[] {
  if (b.kind === 'everyone') return [];
  if (a.kind === 'pods' && b.kind === 'pods')
    return boxesWithout(a.box, b.box).map((box) => ({ kind: 'pods', box }));
  if (a.kind !== 'networks' || b.kind !== 'networks') return [a];
  const atoms = rangesWithout(a.atoms, b.atoms);
  return atoms.length === 0 ? [] : [{ kind: 'networks', atoms }];
}

function commonRanges(a: Int32Array, b: Int32Array): Int32Array {
  const out: number[] = [];
  for (let i = 0; i < a.length; i += 2)
    for (let j = 0; j < b.length; j += 2) {
      const first = Math.max(a[i]!, b[j]!);
      const end = Math.min(a[i + 1]!, b[j + 1]!);
      if (first < end) out.push(first, end);
    }
  return Int32Array.from(out);
}

function rangesWithout(a: Int32Array, b: Int32Array): Int32Array {
  const out: number[] = [];
  for (let i = 0; i < a.length; i += 2) {
    let at = a[i]!;
    for (let j = 0; j < b.length && at < a[i + 1]!; j += 2) {
      if (b[j + 1]! <= at || b[j]! >= a[i + 1]!) continue;
      if (b[j]! > at) out.push(at, b[j]!);
      at = b[j + 1]!;
    }
    if (at < a[i + 1]!) out.push(at, a[i + 1]!);
  }
  return Int32Array.from(out);
}
