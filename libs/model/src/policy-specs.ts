import { columnStarts, type RawBlock } from './column-block.js';
import type { PolicySpec } from './policy.js';
import { SEGMENT_COLUMNS } from './segment.js';
import type { SnapshotView } from './snapshot-view.js';
import { TextTable } from './text-table.js';
import { decodeUtf8 } from './utf8.js';

/** Distinct specs, and by policy the one that it has. */
export interface PolicySpecs {
  readonly specs: readonly PolicySpec[];
  readonly ofPolicy: Int32Array;
}

const POLICY_SPECS = SEGMENT_COLUMNS.indexOf('policySpecs');

/**
 * The specs of a snapshot's policies, each distinct one once, in whichever namespaces it stands: for what policies of one spec have
 * in common. Most policies of a large cluster are made from a few templates.
 */
export function policySpecs(view: SnapshotView): PolicySpecs {
  const table = new SpecTable();
  const ofPolicy = new Int32Array(view.policyCount);
  const starts = new Int32Array(SEGMENT_COLUMNS.length + 1);
  let policy = 0;
  for (let place = 0; place <= view.namespaceCount; place++) {
    const segment = place < view.namespaceCount ? view.segment(place) : view.cluster;
    if (segment === null) continue;
    columnStarts(segment.raw, starts);
    for (let at = starts[POLICY_SPECS]!; at < starts[POLICY_SPECS + 1]!; at++)
      ofPolicy[policy++] = table.numberOf(segment.raw, segment.raw.words[at]!);
  }
  return { specs: table.read(), ofPolicy };
}

/** Numbers specs by their texts. */
class SpecTable {
  readonly #texts = new TextTable();
  readonly #blocks: RawBlock[] = [];
  readonly #strings: number[] = [];

  /** The number of a spec, given as a string of a block. */
  numberOf(block: RawBlock, text: number): number {
    const { words, bytes, textOffsets, firstText } = block;
    const start = firstText + words[textOffsets + text]!;
    const end = firstText + words[textOffsets + text + 1]!;
    const spec = this.#texts.intern(bytes, start, end);
    if (spec === this.#blocks.length) {
      this.#blocks.push(block);
      this.#strings.push(text);
    }
    return spec;
  }

  /** Every spec that has a number, by number. */
  read(): PolicySpec[] {
    return this.#blocks.map((_, spec) => this.#read(spec));
  }

  #read(spec: number): PolicySpec {
    const { words, bytes, textOffsets, firstText } = this.#blocks[spec]!;
    const text = textOffsets + this.#strings[spec]!;
    return JSON.parse(
      decodeUtf8(bytes, firstText + words[text]!, firstText + words[text + 1]!),
    ) as PolicySpec;
  }
}
