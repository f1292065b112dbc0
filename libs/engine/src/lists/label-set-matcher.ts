import { labelsAt, type LabelSelector, matchesSelector, type SnapshotView } from '@portolan/model';

/**
 * Whether label sets of a namespace's segment satisfy a selector (null = any). Each set is looked at once, however many
 * objects have it.
 */
export class LabelSetMatcher {
  readonly #known = new Map<number, boolean>();

  constructor(
    private readonly segment: ReturnType<SnapshotView['segment']>,
    private readonly selector: LabelSelector | null,
  ) {}

  matches(labelSet: number): boolean {
    if (this.selector === null) return true;
    let matches = this.#known.get(labelSet);
    if (matches === undefined) {
      const labels = labelsAt(this.segment, labelSet);
      matches = matchesSelector(new Map(Object.entries(labels)), this.selector);
      this.#known.set(labelSet, matches);
    }
    return matches;
  }
}
