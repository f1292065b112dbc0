import { columnStarts, type RawBlock, SEGMENT_COLUMNS, type SnapshotView } from '@portolan/model';
import type { LabelSets } from './label-sets.js';

const NAMESPACE = SEGMENT_COLUMNS.indexOf('namespace');
const OFFSETS = SEGMENT_COLUMNS.indexOf('labelSetOffsets');
const KEYS = SEGMENT_COLUMNS.indexOf('labelKeys');
const VALUES = SEGMENT_COLUMNS.indexOf('labelValues');

/** In a table of keys by string: not looked up yet. */
const NOT_KNOWN = -2;

/** Reads the label sets of segments as the vocabulary sees them. Works on the bytes of labels: none becomes a string. */
export class LabelProjector {
  readonly #starts = new Int32Array(SEGMENT_COLUMNS.length + 1);
  #pairs = new Int32Array(64);
  /** By string of the segment: its key in the vocabulary. */
  #keyOfString = new Int32Array(256);
  #projected = new Int32Array(64);

  constructor(
    private readonly view: SnapshotView,
    private readonly labelSets: LabelSets,
  ) {}

  /** The label sets of a namespace's segment, by the segment's own numbering. Holds until the next call. */
  ofSegment(namespace: number): Int32Array {
    const { raw } = this.view.segment(namespace);
    columnStarts(raw, this.#starts);
    const count = Math.max(0, this.#starts[OFFSETS + 1]! - this.#starts[OFFSETS]! - 1);
    if (count > this.#projected.length) this.#projected = new Int32Array(2 * count);
    this.#forgetKeys(raw);
    for (let set = 0; set < count; set++) this.#projected[set] = this.#project(raw, set);
    return this.#projected;
  }

  /** The label set of the namespace itself. */
  ofNamespace(namespace: number): number {
    const { raw } = this.view.segment(namespace);
    columnStarts(raw, this.#starts);
    const fields = this.#starts[NAMESPACE + 1]! - this.#starts[NAMESPACE]!;
    const set = fields < 3 ? 0 : raw.words[this.#starts[NAMESPACE]! + 2]!;
    if (set < 0 || set + 1 >= this.#starts[OFFSETS + 1]! - this.#starts[OFFSETS]!)
      return this.labelSets.intern(this.#pairs, 0);
    this.#forgetKeys(raw);
    return this.#project(raw, set);
  }

  #forgetKeys({ stringCount }: RawBlock): void {
    if (stringCount > this.#keyOfString.length) this.#keyOfString = new Int32Array(2 * stringCount);
    this.#keyOfString.fill(NOT_KNOWN, 0, stringCount);
  }

  #project({ words, bytes, textOffsets, firstText }: RawBlock, set: number): number {
    const { vocabulary } = this.labelSets;
    const offsets = this.#starts[OFFSETS]!;
    const keys = this.#starts[KEYS]!;
    const values = this.#starts[VALUES]!;
    const end = words[offsets + set + 1]!;
    let count = 0;
    for (let i = words[offsets + set]!; i < end; i++) {
      const text = words[keys + i]!;
      let key = this.#keyOfString[text]!;
      if (key === NOT_KNOWN) {
        const at = textOffsets + text;
        key = vocabulary.keyIn(bytes, firstText + words[at]!, firstText + words[at + 1]!);
        this.#keyOfString[text] = key;
      }
      // Most labels (versions, hashes) are mentioned nowhere: their values are never read.
      if (key < 0) continue;
      if (count + 2 > this.#pairs.length) this.#pairs = enlarged(this.#pairs);
      const at = textOffsets + words[values + i]!;
      this.#pairs[count++] = key;
      this.#pairs[count++] = vocabulary.valueIn(
        key,
        bytes,
        firstText + words[at]!,
        firstText + words[at + 1]!,
      );
    }
    return this.labelSets.intern(this.#pairs, count);
  }
}

function enlarged(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** Label sets of the namespaces, by their indices. */
export function projectNamespaces(view: SnapshotView, labels: LabelSets): Int32Array {
  const projector = new LabelProjector(view, labels);
  const sets = new Int32Array(view.namespaceCount);
  for (let namespace = 0; namespace < sets.length; namespace++)
    sets[namespace] = projector.ofNamespace(namespace);
  return sets;
}
