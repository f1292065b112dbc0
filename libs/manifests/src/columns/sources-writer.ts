import {
  ANNOTATED_KINDS,
  type AnnotatedKind,
  ColumnBlockWriter,
  OBJECT_SOURCE_WORDS,
  policyNoteWords,
  SOURCE_COLUMNS,
  type SourceColumn,
  type SourceLocation,
} from '@portolan/model';
import type { SlimIgnore } from '../objects/slim-objects.js';
import type { SlimPolicy } from '../objects/slim-objects.js';

/** Columns of places. */
type ObjectColumn = Extract<SourceColumn, `${string}Source` | `${string}Sources`>;
/** Columns of texts. */
type TextColumn =
  | 'podOwners'
  | 'workloadOwners'
  | 'workloadOwnLabels'
  | 'foldedWorkloads'
  | 'endpoints'
  | 'nodePodCidrs'
  | 'serviceCidrs';
/** The columns for overlays are filled. */
const OVERLAY_VERSION = 1;
const NOWHERE: readonly number[] = new Array<number>(OBJECT_SOURCE_WORDS).fill(-1);

/** Fills the sources block that goes with a segment: the same objects in the same order. */
export class SourcesWriter {
  readonly #block = new ColumnBlockWriter<SourceColumn>(SOURCE_COLUMNS);

  constructor() {
    this.#block.push('policyLineOffsets', 0);
    this.#block.push('overlayVersion', OVERLAY_VERSION);
  }

  object(column: ObjectColumn, source: SourceLocation | null): void {
    if (source === null) {
      this.#block.push(column, ...NOWHERE);
      return;
    }
    const { path, documentIndex, startLine, endLine } = source;
    this.#block.push(column, this.#block.intern(path), documentIndex, startLine, endLine);
  }

  policy({ source, lines, notes, ignore }: SlimPolicy): void {
    const block = this.#block;
    const index = block.length('policySources') / OBJECT_SOURCE_WORDS;
    this.object('policySources', source);
    for (const line of lines) block.push('policyLines', line);
    block.push('policyLineOffsets', block.length('policyLines'));
    for (const note of notes) block.push('policyNotes', ...policyNoteWords(index, note));
    this.ignore('POLICY', index, ignore);
  }

  /** The annotation that silences findings about an object of the segment, if it has one. */
  ignore(kind: AnnotatedKind, index: number, ignore: SlimIgnore | null): void {
    if (ignore === null) return;
    const { text, line } = ignore;
    const block = this.#block;
    block.push('ignores', ANNOTATED_KINDS.indexOf(kind), index, line, block.intern(text));
  }

  /** What a segment does not hold of an object. */
  text(column: TextColumn, text: string | null): void {
    this.#block.push(column, text === null ? -1 : this.#block.intern(text));
  }

  finish(): Uint8Array {
    return this.#block.finish();
  }
}
