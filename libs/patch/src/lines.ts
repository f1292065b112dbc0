/** Where the line of a place begins. */
export function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line of a place ends, before its line break. */
export function endOfLine(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  if (found < 0) return text.length;
  return found > at && text[found - 1] === '\r' ? found - 1 : found;
}

/** Where the line before ends, before its line break; null in the first line. */
export function endOfLineBefore(text: string, at: number): number | null {
  const start = startOfLine(text, at);
  if (start === 0) return null;
  return text[start - 2] === '\r' ? start - 2 : start - 1;
}

/** The line break that a text has near a place. */
export function lineBreakAt(text: string, at: number): string {
  const before = text.lastIndexOf('\n', Math.max(0, at - 1));
  const found = before < 0 ? text.indexOf('\n') : before;
  return found > 0 && text[found - 1] === '\r' ? '\r\n' : '\n';
}

/** Whether a piece of YAML could hold a comment; a `#` in quotes counts as well. */
export function mayHaveComment(piece: string): boolean {
  return /(?:^|\s)#/.test(piece);
}
