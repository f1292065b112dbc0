import type { AllowedAccess } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { FULL_TRAFFIC } from '../../sets/traffic-sets.js';
import { externalRow, rowOfClasses } from '../access-rows.js';
import type { AskedTraffic } from '../asked-traffic.js';
import { trafficWithSomeAddress } from '../external-traffic.js';
import { refOf } from '../grouping.js';
import { externalGroups } from '../groups.js';
import {
  endpointOfPods,
  type ExternalAddresses,
  type ResolvedEndpoint,
} from '../resolved-endpoint.js';
import { NO_PARENT, type Spread } from './spread.js';

/** Writes down the steps of a spread as rows: each between two pods, named by their workloads. */
export class Steps {
  constructor(
    private readonly analysis: Analysis,
    private readonly source: ResolvedEndpoint,
    private readonly spread: Spread,
    private readonly asked: AskedTraffic,
  ) {}

  /** The steps to a pod that is reached, from the source on. */
  pathTo(pod: number): AllowedAccess[] {
    const steps: AllowedAccess[] = [];
    const { hop, parent } = this.spread;
    for (let at = pod; at !== NO_PARENT && hop[at]! > 0; at = parent[at]!) steps.push(this.to(at));
    return steps.reverse();
  }

  /** The step by which a pod is first reached. */
  to(pod: number): AllowedAccess {
    const { analysis, spread } = this;
    const parent = spread.parent[pod]!;
    const podClass = analysis.index.pods.podClass[pod]!;
    const from = this.#endpointOf(parent);
    const destination = refOf(analysis, 'WORKLOAD', analysis.index.pods.podWorkload[pod]!);
    const isNodeLocal = parent !== NO_PARENT && this.#isNodeLocal(parent, pod);
    const traffic = isNodeLocal ? this.asked.ofClass(podClass) : this.#traffic(from, podClass);
    return rowOfClasses(analysis, 'EGRESS', from, destination, [podClass], {
      traffic,
      isNodeLocal,
    });
  }

  /** The step from a reached pod to addresses outside the cluster: the first of its rows. */
  toAddresses(pod: number, addresses: ExternalAddresses): AllowedAccess[] {
    const { analysis, asked } = this;
    const from = this.#endpointOf(pod);
    const [group] = externalGroups(analysis, 'EGRESS', from, asked, false, addresses);
    return group === undefined ? [] : [externalRow(analysis, 'EGRESS', from, group)];
  }

  /** A pod as it is shown: the source when it is one of its pods, else its workload. */
  #endpointOf(pod: number): ResolvedEndpoint {
    const { analysis, source, spread } = this;
    if (pod === NO_PARENT)
      return { ...source, pods: new Int32Array(0), classes: new Int32Array(0) };
    const workload = analysis.index.pods.podWorkload[pod]!;
    const ref = spread.hop[pod] === 0 ? source.ref : refOf(analysis, 'WORKLOAD', workload);
    return endpointOfPods(analysis, ref, [pod], workload);
  }

  #isNodeLocal(a: number, b: number): boolean {
    const { localNode, podClass } = this.analysis.index.pods;
    return (
      localNode[a]! >= 0 &&
      localNode[a] === localNode[b] &&
      this.analysis.isNode(podClass[a]!) !== this.analysis.isNode(podClass[b]!)
    );
  }

  #traffic({ classes, external }: ResolvedEndpoint, to: number): number {
    const { traffic } = this.analysis;
    const [from] = classes;
    let passes = FULL_TRAFFIC;
    if (from !== undefined)
      passes = traffic.intersection(
        this.analysis.sideTraffic('EGRESS', from, to),
        this.analysis.sideTraffic('INGRESS', to, from),
      );
    else if (external !== null)
      passes = trafficWithSomeAddress(this.analysis, 'INGRESS', to, external.atoms);
    return traffic.intersection(passes, this.asked.ofClass(to));
  }
}
