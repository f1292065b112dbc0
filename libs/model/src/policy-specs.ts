import type { RawBlock } from './column-block.js';
import type { PolicySpec } from './policy.js';
import { TextTable } from './text-table.js';
import { decodeUtf8 } from './utf8.js';

/**
 * The specs of a snapshot's policies: equal text is one object, in whichever namespaces it stands. Most policies of a large
 * cluster are made from a few templates.
 */
export class PolicySpecs {
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
  all(): PolicySpec[] {
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
