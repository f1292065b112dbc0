import { type Direction, type EndpointRef, invariant, type PeersQuestion } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { AskedTraffic } from '../questions/asked-traffic.js';
import { selfTest } from '../questions/groups.js';
import { PeerTraffic } from '../questions/peer-traffic.js';
import { isResolved, resolveEndpoint } from '../questions/resolve-endpoint.js';
import type { ResolvedEndpoint } from '../questions/resolved-endpoint.js';
import { NO_TRAFFIC } from '../sets/traffic-sets.js';
import { mergeCells } from './merge-cells.js';
import { cutIntoCells } from './peer-cells.js';
import { refsOfCells } from './peer-class.js';
import { PeerSelections } from './peer-selections.js';
import { withPods } from './suppose-pods.js';

/** Pods that need not exist and are treated alike, with their traffic. */
export interface PeerClass {
  readonly ref: EndpointRef;
  readonly traffic: number;
  /** Classes of the pods in the analysis that supposes them. */
  readonly classes: readonly number[];
}

/** Pods that may come to exist and be peers of an endpoint. */
export interface PeerClasses {
  readonly peers: readonly PeerClass[];
  /** Whether all were told apart; else some are missing. */
  readonly isWhole: boolean;
  /** Supposes a pod of every kind, beside those of the endpoint; traffic and classes are of this one. */
  readonly analysis: Analysis;
  readonly endpoint: ResolvedEndpoint;
  readonly asked: AskedTraffic;
}

/**
 * Which pods that do not exist could be peers of an endpoint: pods that no selector which matters here tells apart are one
 * cell; a pod of each cell is supposed, and asked about like any other. So both sides and all tiers count. `known` = the
 * traffic with the pods that there are.
 */
export function findPeerClasses(
  without: Analysis,
  direction: Direction,
  question: PeersQuestion,
  known: PeerTraffic,
): PeerClasses {
  const given = known.endpoint;
  const { namespaces } = question.peers;
  const isSelf = selfTest(without, known, question.peers);
  const selections = new PeerSelections(without, direction, given);
  const { cells, isWhole } = cutIntoCells(
    without,
    selections,
    namespaces,
    // What a pod exchanges with itself says nothing of others.
    (pod) => pod < without.view.podCount && !isSelf.pod(pod) && !known.isItself(pod),
  );
  const own = question.endpoint.kind === 'hypotheticalPod' ? [question.endpoint.pod] : [];
  const supposed = [...own, ...cells.map(({ pod }) => pod)];
  const existing = given.pods.filter((pod) => pod < without.view.podCount);
  const analysis = withPods(without, supposed, existing);
  const endpoint = resolveEndpoint(analysis, question.endpoint);
  invariant(isResolved(endpoint), 'what the snapshot has is there with pods more');
  const servicePorts = direction === 'INGRESS' ? endpoint.servicePorts : null;
  const asked = new AskedTraffic(analysis, question.traffic, servicePorts);
  const peers = new PeerTraffic(analysis, direction, endpoint, asked, question.peers);
  const { podClass } = analysis.index.pods;
  const first = analysis.view.podCount + own.length;
  const podOf = new Map(cells.map((cell, i) => [cell, first + i]));
  const admitted = cells
    .map((cell) => {
      const traffic = peers.withPod(podOf.get(cell)!);
      // A pod of the snapshot may have less for its address, or its ports.
      const isTaken = cell.present.some((pod) => {
        const listed = analysis.traffic.add(without.traffic.get(known.withPod(pod)));
        return analysis.traffic.difference(traffic, listed) === NO_TRAFFIC;
      });
      return { cell, traffic, isTaken };
    })
    .filter((one) => one.traffic !== NO_TRAFFIC);
  const lookedAt = [...new Set(cells.flatMap(({ namespace }) => namespace ?? []))];
  const found = mergeCells(without.view, admitted).flatMap((merged) => {
    const classes = new Set(merged.cells.map(({ cell }) => podClass[podOf.get(cell)!]!));
    return refsOfCells(without.view, merged, lookedAt).map((ref) => ({
      ref,
      traffic: merged.traffic,
      classes: [...classes],
    }));
  });
  return { peers: found, isWhole, analysis, endpoint, asked };
}
