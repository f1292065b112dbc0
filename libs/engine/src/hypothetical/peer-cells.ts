import { type HypotheticalPod, type LabelSelector, NAMESPACE_NAME_LABEL } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { selectorKey } from '../build/label-sets.js';
import { groupOf } from '../sets/grouped.js';
import { range } from '../sets/range.js';
import {
  boxesMeet,
  boxesWithout,
  boxHas,
  boxOf,
  dimension,
  EVERYTHING,
  intersectBoxes,
  type LabelBox,
  mergeBoxes,
  someLabels,
} from './label-box.js';
import { ANY_VALUE } from './value-set.js';
import type { PeerSelections } from './peer-selections.js';

/** Boxes that it may take to tell the pods of one namespace apart, and cells of all: beyond that they are left out. */
const BOXES_OF_NAMESPACE = 2_000;
const CELLS = 50_000;

/** Pods that no selector tells apart, in an existing namespace or in those that do not exist. */
export interface PeerCell {
  /** Null = namespaces that do not exist. */
  readonly namespace: number | null;
  /** Disjoint, never none. */
  readonly boxes: readonly LabelBox[];
  /** Pods of the snapshot that are in it, of each class one. */
  readonly present: readonly number[];
  /** A pod that would be in it. */
  readonly pod: HypotheticalPod;
}

/** Cells, and whether some had to be left out. */
export interface PeerCells {
  readonly cells: readonly PeerCell[];
  readonly isWhole: boolean;
}

/**
 * Cuts the pods that may come to exist in some namespaces (null = in all, and in new ones) into cells. Pods of the snapshot
 * that are no peers are as if they were not there.
 */
export function cutIntoCells(
  analysis: Analysis,
  selections: PeerSelections,
  namespaces: readonly string[] | null,
  isPeer: (pod: number) => boolean,
): PeerCells {
  const { view } = analysis;
  const wanted =
    namespaces === null
      ? range(0, view.namespaceCount).filter((namespace) => view.isExistingNamespace(namespace))
      : namespaces.map((name) => view.findNamespace(name)).filter((namespace) => namespace >= 0);
  const cells: PeerCell[] = [];
  let isWhole = true;
  // Most namespaces are looked at by the same selectors.
  const known = new Map<string, LabelBox[][] | null>();
  const cutOnce = (selectors: readonly LabelSelector[]): LabelBox[][] | null => {
    const key = selectors.map((selector) => selectorKey(selector)).join('\n\n');
    let found = known.get(key);
    if (found === undefined) {
      found = cut(selectors.map((pod) => boxOf({ namespace: [], pod })));
      known.set(key, found);
    }
    return found;
  };
  const places = namespaces === null ? [null, ...wanted] : wanted;
  for (const place of places) {
    const more =
      place === null
        ? cellsOfNewNamespaces(analysis, selections)
        : cellsOfNamespace(analysis, cutOnce(selections.ofNamespace(place)), place, isPeer);
    if (more === null || cells.length + more.length > CELLS) isWhole = false;
    else cells.push(...more);
  }
  return { cells, isWhole };
}

function cellsOfNamespace(
  analysis: Analysis,
  cells: readonly (readonly LabelBox[])[] | null,
  namespace: number,
  isPeer: (pod: number) => boolean,
): PeerCell[] | null {
  if (cells === null) return null;
  const { classes } = analysis.index;
  const { firstOfNamespace } = classes;
  const present = range(firstOfNamespace[namespace]!, firstOfNamespace[namespace + 1]!)
    .filter((podClass) => !analysis.isNode(podClass))
    .flatMap((podClass) => groupOf(classes.pods, podClass).find(isPeer) ?? [])
    .map((pod) => analysis.view.pod(pod));
  const name = analysis.view.namespaceName(namespace);
  return cells.map((boxes) => ({
    namespace,
    boxes,
    present: present
      .filter(({ labels }) => boxes.some((box) => boxHas(box, 'pod', labels)))
      .map(({ index }) => index),
    pod: { namespace: name, namespaceLabels: {}, labels: someLabels(boxes[0]!, 'pod'), ports: [] },
  }));
}

function cellsOfNewNamespaces(analysis: Analysis, selections: PeerSelections): PeerCell[] | null {
  const cells = cut(
    selections
      .ofNewNamespaces()
      .map(({ namespaceSelector: namespace, podSelector: pod }) => boxOf({ namespace, pod })),
  );
  if (cells === null) return null;
  const isExisting = (name: string): boolean => analysis.view.findNamespace(name) >= 0;
  return cells.flatMap((all) => {
    const boxes = all.map((box) => withNewName(box, isExisting)).filter((box) => box !== null);
    const [box] = boxes;
    if (box === undefined) return [];
    const pod = {
      namespace: newName(box, isExisting),
      namespaceLabels: someLabels(box, 'namespace'),
      labels: someLabels(box, 'pod'),
      ports: [],
    };
    return [{ namespace: null, boxes, present: [], pod }];
  });
}

/** Cuts all pods so that each cell lies in every box as a whole or not at all. Null when it takes too many boxes. */
function cut(selected: readonly (LabelBox | null)[]): LabelBox[][] | null {
  let cells: LabelBox[][] = [[EVERYTHING]];
  for (const by of selected) {
    if (by === null) continue;
    cells = cells.flatMap((cell) => {
      if (!cell.some((box) => boxesMeet(box, by))) return [cell];
      const inside = cell.map((box) => intersectBoxes(box, by)).filter((box) => box !== null);
      const outside = mergeBoxes(cell.flatMap((box) => boxesWithout(box, by)));
      return outside.length === 0 ? [inside] : [inside, outside];
    });
    if (cells.flat().length > BOXES_OF_NAMESPACE) return null;
  }
  return cells;
}

const NAME = dimension('namespace', NAMESPACE_NAME_LABEL);

/** A namespace has the name of its own that no existing one has; null when the box has none such. */
function withNewName(box: LabelBox, isExisting: (name: string) => boolean): LabelBox | null {
  const names = box.get(NAME);
  if (names === undefined) return box;
  const { isComplement } = names;
  const values = names.values.filter((name) => !isExisting(name));
  if (!isComplement && values.length === 0) return null;
  return new Map(box).set(NAME, { isComplement, values, mayBeAbsent: isComplement });
}

function newName(box: LabelBox, isExisting: (name: string) => boolean): string {
  const { isComplement, values } = box.get(NAME) ?? ANY_VALUE;
  if (!isComplement) return values[0]!;
  let number = 1;
  const name = (): string => `new-namespace-${String(number)}`;
  while (values.includes(name()) || isExisting(name())) number++;
  return name();
}
