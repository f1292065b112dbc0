import {
  ColumnBlockWriter,
  OBJECT_SOURCE_WORDS,
  SOURCE_COLUMNS,
  type SourceColumn,
  type SourceLocation,
} from '@portolan/model';
import type { SlimPolicy } from '../objects/slim-objects.js';

type ObjectColumn = Exclude<SourceColumn, 'policyLineOffsets' | 'policyLines'>;
const NOWHERE: readonly number[] = new Array<number>(OBJECT_SOURCE_WORDS).fill(-1);

/** Fills the sources block that goes with a segment: the same objects in the same order. */
export class SourcesWriter {
  readonly #block = new ColumnBlockWriter<SourceColumn>(SOURCE_COLUMNS);

  constructor() {
    this.#block.push('policyLineOffsets', 0);
  }

  object(column: ObjectColumn, source: SourceLocation | null): void {
    if (source === null) {
      this.#block.push(column, ...NOWHERE);
      return;
    }
    const { path, documentIndex, startLine, endLine } = source;
    this.#block.push(column, this.#block.intern(path), documentIndex, startLine, endLine);
  }

  policy({ source, lines }: SlimPolicy): void {
    this.object('policySources', source);
    for (const line of lines) this.#block.push('policyLines', line);
    this.#block.push('policyLineOffsets', this.#block.length('policyLines'));
  }

  finish(): Uint8Array {
    return this.#block.finish();
  }
}
