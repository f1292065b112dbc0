import { type Direction, type EndpointGrouping, GROUPINGS, type PeerScope } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import type { AskedTraffic } from './asked-traffic.js';
import { trafficWithSomeAddress } from './external-traffic.js';
import { groupOfPod } from './grouping.js';
import { nodeLocalPeers, podsOfNodesWithin } from './node-local.js';
import type { ResolvedEndpoint } from './resolved-endpoint.js';

/** The traffic of one endpoint with every pod: for an endpoint of several pods, with at least one of them. */
export class PeerTraffic {
  readonly #byClass: Int32Array;
  /** Classes in which the endpoint has one pod: that pod's own traffic with the endpoint's other classes. */
  readonly #alone = new Map<number, { readonly pod: number; readonly traffic: number }>();
  /** By pod, workload and namespace: what is allowed with it because of a node, policies aside. */
  readonly #nodeLocal: Readonly<Record<EndpointGrouping, Map<number, number>>> = {
    POD: new Map(),
    WORKLOAD: new Map(),
    NAMESPACE: new Map(),
  };

  constructor(
    private readonly analysis: Analysis,
    private readonly direction: Direction,
    readonly endpoint: ResolvedEndpoint,
    private readonly asked: AskedTraffic,
    private readonly scope: PeerScope,
  ) {
    this.#byClass = new Int32Array(analysis.index.classes.count);
    this.#addPods();
    this.#addAddresses();
    this.#addNodeLocal();
  }

  #addPods(): void {
    const { analysis, direction, endpoint } = this;
    const { traffic } = analysis;
    const perClass = new Int32Array(this.#byClass.length);
    for (const subject of endpoint.classes) this.#alonePod(subject);
    for (const subject of endpoint.classes) {
      analysis.trafficWithPeers(direction, subject, perClass);
      this.#restrict(perClass, subject);
      for (let peer = 0; peer < perClass.length; peer++)
        this.#byClass[peer] = traffic.union(this.#byClass[peer]!, perClass[peer]!);
      for (const [podClass, alone] of this.#alone)
        if (podClass !== subject)
          this.#alone.set(podClass, {
            pod: alone.pod,
            traffic: traffic.union(alone.traffic, perClass[podClass]!),
          });
    }
  }

  /** Cuts to what is asked of the destination: the subject on ingress, the peer on egress. */
  #restrict(perClass: Int32Array, subject: number): void {
    if (this.asked.isAny) return;
    const { traffic } = this.analysis;
    for (let peer = 0; peer < perClass.length; peer++)
      if (perClass[peer] !== NO_TRAFFIC)
        perClass[peer] = traffic.intersection(
          perClass[peer]!,
          this.asked.ofClass(this.direction === 'INGRESS' ? subject : peer),
        );
  }

  /** A pod that is alone in its class has no other pod of that class to talk to. Template pods stand for several. */
  #alonePod(subject: number): void {
    if (this.endpoint.counts.get(subject) !== 1) return;
    const pod = this.endpoint.pods.find(
      (one) => this.analysis.index.pods.podClass[one] === subject,
    )!;
    if (!this.analysis.view.pod(pod).template)
      this.#alone.set(subject, { pod, traffic: NO_TRAFFIC });
  }

  /** Pods that may talk with the endpoint's addresses: only the pods' side has policies. */
  #addAddresses(): void {
    const { endpoint, analysis } = this;
    if (endpoint.external === null) return;
    const side = this.direction === 'INGRESS' ? 'EGRESS' : 'INGRESS';
    const { traffic } = analysis;
    for (let peer = 0; peer < this.#byClass.length; peer++) {
      const asked = side === 'INGRESS' ? this.asked.ofClass(peer) : this.asked.ofAddresses();
      const admitted = traffic.intersection(
        trafficWithSomeAddress(analysis, side, peer, endpoint.external.atoms),
        asked,
      );
      this.#byClass[peer] = traffic.union(this.#byClass[peer]!, admitted);
      const alone = this.#alone.get(peer);
      if (alone !== undefined)
        this.#alone.set(peer, { ...alone, traffic: traffic.union(alone.traffic, admitted) });
    }
  }

  #addNodeLocal(): void {
    const { analysis, asked, endpoint, direction } = this;
    const { podClass } = analysis.index.pods;
    for (const [peer, pods] of nodeLocalPeers(analysis, endpoint.pods))
      for (const destination of direction === 'INGRESS' ? pods : [peer])
        this.#addLocalPeer(peer, asked.ofClass(podClass[destination]!));
    if (endpoint.external === null) return;
    for (const peer of podsOfNodesWithin(analysis, endpoint.external.cidrs))
      this.#addLocalPeer(
        peer,
        direction === 'INGRESS' ? asked.ofAddresses() : asked.ofClass(podClass[peer]!),
      );
  }

  #addLocalPeer(peer: number, asked: number): void {
    const { index, traffic } = this.analysis;
    if (asked === NO_TRAFFIC || !this.#includes(index.pods.podClass[peer]!)) return;
    for (const grouping of GROUPINGS) {
      const known = this.#nodeLocal[grouping];
      const group = groupOfPod(this.analysis, grouping, peer);
      known.set(group, traffic.union(known.get(group) ?? NO_TRAFFIC, asked));
    }
  }

  /** Whether some of a group's traffic is allowed because of a node, or since it is the endpoint itself. */
  isLocal(groupBy: EndpointGrouping, group: number): boolean {
    return this.#nodeLocal[groupBy].has(group) || (groupBy === 'POD' && this.isItself(group));
  }

  /** Whether the endpoint is that one pod. */
  isItself(pod: number): boolean {
    return this.endpoint.ref.kind === 'pod' && this.endpoint.ref.index === pod;
  }

  #includes(podClass: number): boolean {
    return this.scope.hosts || !this.analysis.isHost(podClass);
  }

  /** Traffic with one pod. A pod always reaches itself, when the endpoint is that pod. */
  withPod(pod: number): number {
    const podClass = this.analysis.index.pods.podClass[pod]!;
    if (podClass < 0 || !this.#includes(podClass)) return NO_TRAFFIC;
    if (this.isItself(pod)) return this.asked.ofClass(podClass);
    const alone = this.#alone.get(podClass);
    const traffic = alone?.pod === pod ? alone.traffic : this.#byClass[podClass]!;
    return this.analysis.traffic.union(traffic, this.#nodeLocal.POD.get(pod) ?? NO_TRAFFIC);
  }

  withWorkload(workload: number): number {
    const { ofWorkload, podsInWorkload } = this.analysis.index.classes;
    const { offsets, items } = ofWorkload;
    const end = offsets[workload + 1]!;
    let found = this.#nodeLocal.WORKLOAD.get(workload) ?? NO_TRAFFIC;
    for (let i = offsets[workload]!; i < end; i++) {
      const podClass = items[i]!;
      if (!this.#includes(podClass)) continue;
      const isAlone = podsInWorkload[i] === 1 && this.#isAlone(podClass, workload);
      const traffic = isAlone ? this.#alone.get(podClass)!.traffic : this.#byClass[podClass]!;
      if (traffic !== found) found = this.analysis.traffic.union(found, traffic);
    }
    return found;
  }

  /** Whether the endpoint's one pod of a class belongs to a workload. */
  #isAlone(podClass: number, workload: number): boolean {
    const alone = this.#alone.get(podClass);
    return alone !== undefined && this.analysis.index.pods.podWorkload[alone.pod] === workload;
  }

  withNamespace(namespace: number): number {
    const { firstOfNamespace } = this.analysis.index.classes;
    const { traffic } = this.analysis;
    let found = this.#nodeLocal.NAMESPACE.get(namespace) ?? NO_TRAFFIC;
    for (
      let podClass = firstOfNamespace[namespace]!;
      podClass < firstOfNamespace[namespace + 1]!;
      podClass++
    ) {
      if (!this.#includes(podClass) || this.#isOnlySelf(podClass)) continue;
      const alone = this.#alone.get(podClass);
      const isThatPod = alone !== undefined && this.analysis.classSize(podClass) === 1;
      found = traffic.union(found, isThatPod ? alone.traffic : this.#byClass[podClass]!);
    }
    return found;
  }

  /** Without `self`, a class that only the asked workload has is no peer. */
  #isOnlySelf(podClass: number): boolean {
    const { endpoint, scope } = this;
    if (scope.self || endpoint.workload < 0) return false;
    const { ofWorkload, podsInWorkload } = this.analysis.index.classes;
    for (
      let i = ofWorkload.offsets[endpoint.workload]!;
      i < ofWorkload.offsets[endpoint.workload + 1]!;
      i++
    )
      if (ofWorkload.items[i] === podClass)
        return podsInWorkload[i] === this.analysis.classSize(podClass);
    return false;
  }
}
