/** A piece of text in place of what stands from `from` to `to`. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Column of what is inserted: of two at one place the inner one comes first. */
  readonly column: number;
}

/** The splices in the order of the text; null when two of them are about the same characters. */
export function inOrder(splices: readonly Splice[]): Splice[] | null {
  const sorted = [...splices].sort((a, b) => a.from - b.from || b.column - a.column);
  const overlaps = sorted.some(({ from }, i) => from < (sorted[i - 1]?.to ?? 0));
  return overlaps ? null : sorted;
}

/** A text with splices that are in order. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, text: piece } of splices) {
    pieces.push(text.slice(at, from), piece);
    at = to;
  }
  return pieces.join('') + text.slice(at);
}
