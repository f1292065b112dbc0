import type { Direction } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { atomCount } from '../build/address-atoms.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { trafficWithSomeAddress } from './external-traffic.js';
import { externalOf } from './resolved-endpoint.js';

/**
 * What a class exchanges with some address of networks (canonical CIDRs; null = of all there are), as far as its own policies
 * are concerned: a traffic set.
 */
export function trafficWithNetworks(
  analysis: Analysis,
  direction: Direction,
  podClass: number,
  cidrs: readonly string[] | null,
): number {
  const withAtoms = (atoms: Int32Array): number =>
    trafficWithSomeAddress(analysis, direction, podClass, atoms);
  if (cidrs === null) return withAtoms(Int32Array.of(0, atomCount(analysis.index.atoms)));
  return cidrs.reduce((union, cidr) => {
    const atoms = atomsOf(analysis, cidr);
    return atoms === null ? union : analysis.traffic.union(union, withAtoms(atoms));
  }, NO_TRAFFIC);
}

/** The same few networks are asked of class after class. */
const KNOWN = new WeakMap<Analysis, Map<string, Int32Array | null>>();

function atomsOf(analysis: Analysis, cidr: string): Int32Array | null {
  const known = KNOWN.get(analysis) ?? new Map<string, Int32Array | null>();
  KNOWN.set(analysis, known);
  let atoms = known.get(cidr);
  if (atoms === undefined) {
    atoms = externalOf(analysis, [cidr])?.atoms ?? null;
    known.set(cidr, atoms);
  }
  return atoms;
}
