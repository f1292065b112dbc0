import { commonCidr, formatAddress, formatCidr, parseCidr } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { nodeAddresses } from '../node-local.js';
import { hasPublicAddress, PRIVATE_CIDRS, PUBLIC_CIDRS } from '../public-addresses.js';
import { type ExternalAddresses, externalOf } from '../resolved-endpoint.js';

/** Levels of addresses outside the cluster. */
export type OutsideLevel = 'NODES' | 'PRIVATE_NETWORKS' | 'INTERNET';

/** The addresses of each level; null = none is known. Those of pods are the pods', and of no level. */
export class OutsideAddresses {
  readonly #levels: Readonly<Record<OutsideLevel, ExternalAddresses | null>>;
  /** Whether some node has a public address; null = no node's address is known. */
  readonly nodesArePublic: boolean | null;

  constructor(private readonly analysis: Analysis) {
    const nodes = Array.from({ length: analysis.view.nodeCount }, (_, node) =>
      nodeAddresses(analysis, node),
    ).flat();
    const cidrs = [
      ...new Set(nodes.map((ip) => `${formatAddress(ip)}/${ip.family === 4 ? '32' : '128'}`)),
    ];
    this.nodesArePublic =
      cidrs.length === 0 ? null : cidrs.some((cidr) => hasPublicAddress(parseCidr(cidr)));
    this.#levels = {
      NODES: cidrs.length === 0 ? null : this.#withoutPods(externalOf(analysis, cidrs)),
      PRIVATE_NETWORKS: this.#withoutPods(externalOf(analysis, PRIVATE_CIDRS)),
      INTERNET: this.#withoutPods(externalOf(analysis, PUBLIC_CIDRS)),
    };
  }

  of(level: OutsideLevel): ExternalAddresses | null {
    return this.#levels[level];
  }

  /** Those of a level that lie in some networks as well; empty networks = all. */
  within(level: OutsideLevel, networks: readonly string[]): ExternalAddresses | null {
    const all = this.of(level);
    if (networks.length === 0 || all === null) return all;
    const cidrs = commonNetworks(all.cidrs, networks);
    return cidrs.length === 0 ? null : this.#withoutPods(externalOf(this.analysis, cidrs));
  }

  #withoutPods(external: ExternalAddresses | null): ExternalAddresses | null {
    if (external === null) return null;
    const { facts } = this.analysis;
    const kept: number[] = [];
    for (let i = 0; i < external.atoms.length; i += 2)
      for (let atom = external.atoms[i]!; atom < external.atoms[i + 1]!; atom++) {
        if (facts.isPodAddress(atom)) continue;
        if (kept.at(-1) === atom) kept[kept.length - 1] = atom + 1;
        else kept.push(atom, atom + 1);
      }
    return kept.length === 0 ? null : { ...external, atoms: Int32Array.from(kept) };
  }
}

/** What two lists of disjoint networks have in common. */
function commonNetworks(a: readonly string[], b: readonly string[]): string[] {
  const others = b.map(parseCidr);
  const found = a.map(parseCidr).flatMap((cidr) =>
    others.flatMap((other) => {
      const common = commonCidr(cidr, other);
      return common === null ? [] : [formatCidr(common)];
    }),
  );
  return [...new Set(found)];
}
