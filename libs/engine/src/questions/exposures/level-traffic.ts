import type { Direction, ExposureLevel } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { FULL_TRAFFIC, NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { EVERYONE, NO_ROW } from '../../snapshot-index.js';
import { trafficWithSomeAddress } from '../external-traffic.js';
import type { OutsideAddresses, OutsideLevel } from './outside-addresses.js';
import { trafficWithWholeCluster } from './whole-cluster.js';

/** What pods exchange with the pods of their namespace, and with those of others. */
interface PodTraffic {
  readonly own: number;
  readonly others: number;
}

/**
 * The traffic of classes with peers of each level. Policies of the peers count where the peers are pods that exist; for
 * the levels above only the class's own side has policies.
 */
export class LevelTraffic {
  readonly #withPods = new Map<string, PodTraffic>();
  readonly #byRow = new Map<string, number>();
  readonly #scratch: Int32Array;

  constructor(
    private readonly analysis: Analysis,
    private readonly outside: OutsideAddresses,
  ) {
    this.#scratch = new Int32Array(analysis.index.classes.count);
  }

  of(direction: Direction, level: ExposureLevel, podClass: number): number {
    switch (level) {
      case 'NAMESPACE':
        return this.#podTraffic(direction, podClass).own;
      case 'OTHER_NAMESPACES':
        return this.#podTraffic(direction, podClass).others;
      case 'ENTIRE_CLUSTER':
      case 'NODES':
      case 'PRIVATE_NETWORKS':
      case 'INTERNET':
        return this.#ofRow(direction, level, podClass);
    }
  }

  /** Classes of one row have the same. */
  #ofRow(direction: Direction, level: 'ENTIRE_CLUSTER' | OutsideLevel, podClass: number): number {
    const { analysis } = this;
    const row = analysis.rowOf(direction, podClass);
    if (row === NO_ROW) return FULL_TRAFFIC;
    const key = `${direction} ${level} ${String(row)}`;
    let traffic = this.#byRow.get(key);
    if (traffic === undefined) {
      traffic =
        level === 'ENTIRE_CLUSTER'
          ? trafficWithWholeCluster(analysis, direction, podClass, this.#scratch)
          : this.#ofAddresses(direction, level, podClass);
      this.#byRow.set(key, traffic);
    }
    return traffic;
  }

  #ofAddresses(direction: Direction, level: OutsideLevel, podClass: number): number {
    const { analysis } = this;
    const addresses = this.outside.of(level);
    if (addresses !== null)
      return trafficWithSomeAddress(analysis, direction, podClass, addresses.atoms);
    // Of nodes whose addresses are not known: what is for everyone.
    const row = analysis.rowOf(direction, podClass);
    const { entryAddresses } = analysis.index.compiled;
    return analysis.rowTraffic(direction, row, (entry) => entryAddresses[entry] === EVERYONE);
  }

  #podTraffic(direction: Direction, podClass: number): PodTraffic {
    const key = `${direction} ${String(podClass)}`;
    let found = this.#withPods.get(key);
    if (found === undefined) {
      found = this.#findPodTraffic(direction, podClass);
      this.#withPods.set(key, found);
    }
    return found;
  }

  #findPodTraffic(direction: Direction, podClass: number): PodTraffic {
    const { analysis } = this;
    const { traffic } = analysis;
    const { namespace } = analysis.index.classes;
    analysis.trafficWithPeers(direction, podClass, this.#scratch);
    let own = NO_TRAFFIC;
    let others = NO_TRAFFIC;
    for (let peer = 0; peer < this.#scratch.length; peer++) {
      if (!isOther(analysis, podClass, peer)) continue;
      if (namespace[peer] === namespace[podClass]) own = traffic.union(own, this.#scratch[peer]!);
      else others = traffic.union(others, this.#scratch[peer]!);
    }
    return { own, others };
  }
}

/** Whether a class has a pod that is another than some pod of a class. A template stands for several. */
export function isOther(analysis: Analysis, podClass: number, peer: number): boolean {
  return podClass !== peer || analysis.classSize(peer) > 1 || analysis.samplePod(peer).template;
}
