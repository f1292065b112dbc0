import {
  DEFAULT_SWITCHES,
  type Direction,
  DIRECTIONS,
  type PolicyRecord,
  type PolicySpec,
  type PolicySwitches,
  type SegmentBytes,
  SnapshotView,
  switchesKey,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { transpose } from '../sets/grouped.js';
import { range } from '../sets/range.js';
import { TrafficSets } from '../sets/traffic-sets.js';
import type { DirectionColumns, SnapshotIndex } from '../snapshot-index.js';
import { hasWholeAtoms } from './address-atoms.js';
import { onlyOf } from './build-policies.js';
import { buildIndex, inSharedMemory, measured, nodeAddressFinder } from './build-index.js';
import { collectUses } from './build-rows.js';
import { PolicyCompiler } from './compile-policies.js';
import { KnownClasses } from './known-classes.js';
import { type MatchedPolicies, matchPolicies } from './match-policies.js';
import { MergedPolicies } from './merge-compiled.js';
import {
  peersLookAtNamespaceLabels,
  peersOf,
  subjectLooksAtNamespaceLabels,
} from './policy-peers.js';
import { type RebuiltRows, rebuildRows } from './rebuild-rows.js';

/**
 * An index that answers like that of `buildIndex`. It is made of the index of a similar snapshot (null = there is none) where
 * the two differ in nothing but policies, and the classes of the one serve the other: then only policies that changed are
 * compiled, and only the rows of classes that they select are made anew. Everything else is shared, or copied.
 */
export function buildIndexFrom(
  similar: Analysis | null,
  segments: readonly SegmentBytes[],
  switches: PolicySwitches = DEFAULT_SWITCHES,
): SnapshotIndex {
  const derived = similar === null ? null : derivedIndex(similar, segments, switches);
  return derived ?? buildIndex(segments, switches);
}

function derivedIndex(
  base: Analysis,
  given: readonly SegmentBytes[],
  switches: PolicySwitches,
): SnapshotIndex | null {
  const { index } = base;
  const isComparable = index.isEnforced && index.hypothetical.length === 0;
  if (!isComparable || switchesKey(switches) !== switchesKey(index.switches)) return null;
  const segments = sharedWith(index.segments, given);
  const view = new SnapshotView(segments);
  const matched = matchPolicies(base.view, view);
  if (matched === null) return null;
  const added = range(0, view.policyCount)
    .filter((policy) => matched.before[policy]! < 0)
    .map((policy) => view.policy(policy));
  const classes = new KnownClasses(index, view);
  const addressesOfNodes = nodeAddressFinder(view);
  const networksOf = (policy: PolicyRecord): string[] =>
    peersOf(policy.spec).flatMap((peer) =>
      peer.kind === 'networks'
        ? [...peer.cidrs, ...peer.except]
        : peer.kind === 'nodes'
          ? addressesOfNodes(peer)
          : [],
    );
  const isServed = (policy: PolicyRecord): boolean =>
    classes.canTell(policy.namespace, policy.spec.subject) &&
    peersOf(policy.spec).every(
      (peer) => peer.kind !== 'pods' || classes.canTell(policy.namespace, peer),
    ) &&
    networksOf(policy).every((network) => hasWholeAtoms(index.atoms, network));
  if (!added.every(isServed)) return null;

  const traffic = new TrafficSets();
  const { ipBlockMatchesPods } = switches;
  const networks = { atoms: index.atoms, addressesOfNodes, ipBlockMatchesPods };
  const compiler = new PolicyCompiler(onlyOf(view, added), classes, classes, traffic, networks);
  const rows = (direction: Direction): RebuiltRows =>
    rebuildRows(direction, { base, view, switches, matched, added, classes, compiler });
  const [ingress, egress] = DIRECTIONS.map(rows) as [RebuiltRows, RebuiltRows];
  const policies = new MergedPolicies(index, compiler.toColumns(), matched.after);
  const renumbered = { ingress: policies.renumber(ingress), egress: policies.renumber(egress) };
  const { addressSets } = compiler;
  const compiled = policies.toColumns({ traffic, classSets: classes.sets, addressSets });
  const sets = classes.sets.toGrouped();
  const withUses = (columns: RebuiltRows): DirectionColumns => ({
    ...columns,
    ...collectUses(columns.rows, compiled, classes.sets.size),
  });
  return measured({
    ...index,
    segments,
    traffic: traffic.toGrouped(),
    classSets: sets,
    classSetsOfClass: transpose(sets, index.classes.count),
    addressSets: addressSets.toGrouped(),
    compiled,
    ingress: withUses(renumbered.ingress),
    egress: withUses(renumbered.egress),
    namespaceLabelsMatter: someLook(
      index.namespaceLabelsMatter,
      peersLookAtNamespaceLabels,
      base,
      view,
      matched,
    ),
    subjectLabelsMatter: someLook(
      index.subjectLabelsMatter,
      subjectLooksAtNamespaceLabels,
      base,
      view,
      matched,
    ),
  });
}

/** Segments that the base has as well are the same memory. */
function sharedWith(base: readonly SegmentBytes[], given: readonly SegmentBytes[]): SegmentBytes[] {
  const known = new Map(base.map((segment) => [`${segment.namespace} ${segment.hash}`, segment]));
  return given.map(
    (segment) => known.get(`${segment.namespace} ${segment.hash}`) ?? inSharedMemory(segment),
  );
}

/** Whether some policy of the head looks at labels; policies that are the same in the base are read only where they decide. */
function someLook(
  didBefore: boolean,
  looks: (spec: PolicySpec) => boolean,
  base: Analysis,
  view: SnapshotView,
  { before, after }: MatchedPolicies,
): boolean {
  const came = range(0, before.length).filter((policy) => before[policy]! < 0);
  if (came.some((policy) => looks(view.policy(policy).spec))) return true;
  if (!didBefore) return false;
  const went = range(0, after.length).filter((policy) => after[policy]! < 0);
  if (!went.some((policy) => looks(base.view.policy(policy).spec))) return true;
  return range(0, view.policyCount).some((policy) => looks(view.policy(policy).spec));
}
