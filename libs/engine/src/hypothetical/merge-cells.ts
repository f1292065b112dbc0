import type { SnapshotView } from '@portolan/model';
import { boxesMeet, boxHas, boxKey, type LabelBox, mergeBoxes, partOf } from './label-box.js';
import type { PeerCell } from './peer-cells.js';

/** A cell, and the traffic that its pods have with the endpoint. */
export interface CellWithTraffic {
  readonly cell: PeerCell;
  readonly traffic: number;
  /** Whether a row of a pod of the snapshot says as much. */
  readonly isTaken: boolean;
}

/** Pods with the same traffic: any with labels of a box, in the same namespaces. */
export interface MergedCells {
  readonly traffic: number;
  readonly pods: LabelBox;
  /** Namespaces that do not exist; null = none. */
  readonly newNamespaces: LabelBox | null;
  /** Namespaces that exist. */
  readonly existing: readonly number[];
  readonly cells: readonly CellWithTraffic[];
}

/**
 * Puts together what has the same traffic, in as few boxes as labels can tell. What rows of pods of the
 * snapshot say is left out.
 */
export function mergeCells(view: SnapshotView, cells: readonly CellWithTraffic[]): MergedCells[] {
  const pieces = groupsOf(
    cells,
    ({ cell, traffic }) => `${String(cell.namespace)} ${String(traffic)}`,
  ).flatMap(mergePods);
  return groupsOf(pieces, ({ pods, traffic }) => `${String(traffic)} ${boxKey(pods)}`).flatMap(
    (alike) => mergeNamespaces(view, alike),
  );
}

/** Cells of one place (an existing namespace, or the new ones) that have the same traffic. */
function mergePods(alike: readonly CellWithTraffic[]): MergedCells[] {
  const { traffic, cell: first } = alike[0]!;
  return mergeBoxes(alike.flatMap(({ cell }) => cell.boxes)).map((box) => ({
    traffic,
    pods: partOf(box, 'pod'),
    newNamespaces: first.namespace === null ? partOf(box, 'namespace') : null,
    existing: first.namespace === null ? [] : [first.namespace],
    cells: alike.filter(({ cell }) => cell.boxes.some((one) => boxesMeet(one, box))),
  }));
}

/** Existing namespaces go with the new ones that have such labels; what is left is named. */
function mergeNamespaces(view: SnapshotView, alike: readonly MergedCells[]): MergedCells[] {
  const { traffic, pods } = alike[0]!;
  const merge = (newNamespaces: LabelBox | null, parts: readonly MergedCells[]): MergedCells => ({
    traffic,
    pods,
    newNamespaces,
    existing: parts.flatMap(({ existing }) => existing),
    cells: parts.flatMap(({ cells }) => cells),
  });
  let left = alike.filter(({ newNamespaces }) => newNamespaces === null);
  const merged = alike.flatMap((one) => {
    const { newNamespaces } = one;
    if (newNamespaces === null) return [];
    const isWithin = ({ existing }: MergedCells): boolean =>
      existing.every((at) => boxHas(newNamespaces, 'namespace', view.namespace(at).labels));
    const within = left.filter(isWithin);
    left = left.filter((part) => !isWithin(part));
    return [merge(newNamespaces, [one, ...within])];
  });
  const named = left.filter(({ cells }) => cells.some(({ isTaken }) => !isTaken));
  return named.length === 0 ? merged : [...merged, merge(null, named)];
}

/** Items by a key, in the order in which they come; no group is empty. */
function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
