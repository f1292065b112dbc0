import { groupOf } from '@portolan/engine';
import {
  type Cidr,
  cidrDifference,
  commonCidr,
  type NetworksPeer,
  parseCidr,
} from '@portolan/model';
import type { FindingContext } from '../../finding-context.js';
import type { Found, FindingRule } from '../../finding-rule.js';
import { ipBlocks, isOfTheOutside } from './ip-blocks.js';

/** An ipBlock with addresses of pods: the API leaves open whether it matches them. */
export const IP_BLOCK_MATCHES_PODS: FindingRule = {
  id: 'NP404',
  name: 'ip-block-matches-pods',
  category: 'IP_BLOCK',
  severity: 'MEDIUM',
  description:
    'An ipBlock has addresses of pods. Some network plugins match pods by their addresses, others do not.',
  remediation: 'Select the pods by their labels.',
  needsCompleteSnapshot: false,
  find(context, report) {
    const pods = podAtoms(context);
    const networks = context.profile.podCidrs.map(parseCidr);
    if (pods.length + networks.length === 0) return;
    for (const { policy, direction, at, peerAt, peer } of ipBlocks(context.policies)) {
      const [block] = peer.cidrs.map(parseCidr);
      if (block === undefined || isOfTheOutside(block)) continue;
      const hasPods = hasAtom(context.addresses.atomsOfPeer(peer), pods);
      const inside = partsOf(peer).filter((part) =>
        networks.some((one) => commonCidr(part, one) !== null),
      );
      if (!hasPods && inside.length === 0) continue;
      // A wide block may be there for what else has private addresses.
      const isForPods = isWithin(block, networks) || block.prefix >= narrow(block);
      report({
        object: { kind: 'POLICY', index: policy.index },
        place: { direction, rule: at, peer: peerAt, port: null },
        key: `${direction} ${[...peer.cidrs, ...peer.except].join(' ')}`,
        ...judged(context, isForPods, hasPods),
        fix: {
          text: 'Select the pods with podSelector and namespaceSelector.',
          yaml: null,
          edits: [],
        },
      });
    }
  },
};

function judged(
  { profile, analysis }: FindingContext,
  isForPods: boolean,
  hasPods: boolean,
): Pick<Found, 'message' | 'severity' | 'confidence'> {
  const isKnown = profile.enforcement !== 'UNKNOWN' && profile.enforcement !== 'GENERIC';
  const confidence = isForPods ? 'LIKELY' : 'POSSIBLE';
  const what = hasPods ? 'Has addresses of pods' : 'Has addresses of the network of pods';
  if (!isKnown)
    return {
      message: `${what}: whether an ipBlock matches pods is left to the network plugin.`,
      severity: isForPods ? 'MEDIUM' : 'LOW',
      confidence,
    };
  return analysis.index.switches.ipBlockMatchesPods
    ? {
        message: `${what}: the network plugin here matches them, others do not.`,
        severity: 'LOW',
        confidence,
      }
    : {
        message: `${what}, and the network plugin here does not match pods by an ipBlock.`,
        severity: isForPods ? 'MEDIUM' : 'LOW',
        confidence,
      };
}

/** Atoms of the addresses of pods, sorted. hostNetwork pods have those of nodes. */
function podAtoms({ analysis }: FindingContext): Int32Array {
  const { classes } = analysis.index;
  const found = new Set<number>();
  for (let one = 0; one < classes.count; one++)
    if (!analysis.isHost(one)) for (const atom of groupOf(classes.atoms, one)) found.add(atom);
  return Int32Array.from(found).sort();
}

function hasAtom(ranges: Int32Array, atoms: Int32Array): boolean {
  let at = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    while (at < atoms.length && atoms[at]! < ranges[i]!) at++;
    if (at < atoms.length && atoms[at]! < ranges[i + 1]!) return true;
  }
  return false;
}

function partsOf({ cidrs, except }: NetworksPeer): Cidr[] {
  return cidrs.flatMap((cidr) => cidrDifference(parseCidr(cidr), except.map(parseCidr)));
}

function isWithin(block: Cidr, networks: readonly Cidr[]): boolean {
  return networks.length > 0 && cidrDifference(block, networks).length === 0;
}

/** From this prefix on a block is hardly more than the pods. */
function narrow({ family }: Cidr): number {
  return family === 4 ? 20 : 64;
}
