import {
  DEFAULT_SWITCHES,
  DIRECTIONS,
  type Direction,
  type NodesPeer,
  type PolicySwitches,
  type SegmentBytes,
  SnapshotView,
} from '@portolan/model';
import { transpose } from '../sets/grouped.js';
import { TrafficSets } from '../sets/traffic-sets.js';
import type { SnapshotIndex } from '../snapshot-index.js';
import { addressesOfNodes } from './addresses-of-nodes.js';
import { collectAtoms } from './address-atoms.js';
import { collectPolicies } from './build-policies.js';
import { buildRows, orderAsked } from './build-rows.js';
import { ClassSets } from './class-sets.js';
import { classifyPods } from './classify-pods.js';
import { AS_IT_IS, type Overlay } from './overlay.js';
import { PolicyCompiler } from './compile-policies.js';
import { LabelSets, LabelVocabulary, selectorKey } from './label-sets.js';
import {
  peersLookAtNamespaceLabels,
  peersOf,
  subjectLooksAtNamespaceLabels,
} from './policy-peers.js';
import { projectNamespaces } from './project-label-sets.js';

/**
 * Analyses a snapshot: vocabulary → atoms → classes → class sets → compiled policies → rows. Top to bottom, once; every
 * question afterwards reads the result.
 */
export function buildIndex(
  given: readonly SegmentBytes[],
  switches: PolicySwitches = DEFAULT_SWITCHES,
  { hypothetical, only }: Overlay = AS_IT_IS,
): SnapshotIndex {
  const segments = given.map(inSharedMemory);
  const view = new SnapshotView(segments, hypothetical);
  const policies = collectPolicies(view);
  const peers = policies.specs.flatMap(peersOf);

  const podVocabulary = new LabelVocabulary();
  const namespaceVocabulary = new LabelVocabulary();
  const podPeers = peers.filter((peer) => peer.kind === 'pods');
  const subjects = policies.specs.map(({ subject }) => subject);
  for (const { podSelector, namespaceSelector } of [...subjects, ...podPeers]) {
    podVocabulary.mention(podSelector);
    if (namespaceSelector !== null) namespaceVocabulary.mention(namespaceSelector);
  }
  const addressesOfNodes = nodeAddressFinder(view);
  const atoms = collectAtoms(
    peers.flatMap((peer) =>
      peer.kind === 'networks'
        ? [...peer.cidrs, ...peer.except]
        : peer.kind === 'nodes'
          ? addressesOfNodes(peer)
          : [],
    ),
  );

  const podLabels = new LabelSets(podVocabulary);
  const classification = classifyPods(view, podLabels, atoms, switches, { hypothetical, only });
  const namespaceLabels = new LabelSets(namespaceVocabulary);
  const labelSetOfNamespace = projectNamespaces(view, namespaceLabels);
  const classSets = new ClassSets(
    view,
    classification,
    podLabels,
    namespaceLabels,
    labelSetOfNamespace,
  );

  const traffic = new TrafficSets();
  const { ipBlockMatchesPods } = switches;
  const networks = { atoms, addressesOfNodes, ipBlockMatchesPods };
  const compiler = new PolicyCompiler(policies, classification, classSets, traffic, networks);
  const order = orderAsked(view, switches);
  const rows = (direction: Direction): ReturnType<typeof buildRows> =>
    buildRows(direction, policies, order, classification, classSets, compiler);
  const [ingress, egress] = DIRECTIONS.map(rows) as [
    ReturnType<typeof buildRows>,
    ReturnType<typeof buildRows>,
  ];
  const compiled = compiler.toColumns();
  const sets = classSets.toGrouped();

  return measured({
    segments,
    hypothetical,
    switches,
    isEnforced: true,
    pods: classification.pods,
    classes: classification.classes,
    atoms,
    traffic: traffic.toGrouped(),
    classSets: sets,
    classSetsOfClass: transpose(sets, classification.classes.count),
    addressSets: compiler.addressSets.toGrouped(),
    compiled,
    ingress: ingress.finish(compiled, classSets.size),
    egress: egress.finish(compiled, classSets.size),
    namespaceLabelsMatter: policies.specs.some(peersLookAtNamespaceLabels),
    subjectLabelsMatter: policies.specs.some(subjectLooksAtNamespaceLabels),
    byteLength: 0,
  });
}

/** Answers each selector over nodes once. */
export function nodeAddressFinder(view: SnapshotView): (peer: NodesPeer) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (peer) => {
    const key = selectorKey(peer.selector);
    let addresses = known.get(key);
    if (addresses === undefined) {
      addresses = addressesOfNodes(view, peer);
      known.set(key, addresses);
    }
    return addresses;
  };
}

/** Segments already in shared memory stay where they are. */
export function inSharedMemory(segment: SegmentBytes): SegmentBytes {
  if (segment.bytes.buffer instanceof SharedArrayBuffer) return segment;
  const bytes = new Uint8Array(new SharedArrayBuffer(segment.bytes.length));
  bytes.set(segment.bytes);
  return { ...segment, bytes };
}

/** Counts the memory of every array, each once. */
export function measured(index: SnapshotIndex): SnapshotIndex {
  let byteLength = 0;
  const visit = (value: unknown): void => {
    if (value instanceof Int32Array || value instanceof Uint8Array) byteLength += value.byteLength;
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  const { segments, ...rest } = index;
  visit(rest);
  for (const { bytes } of segments) byteLength += bytes.byteLength;
  return { ...index, byteLength };
}
