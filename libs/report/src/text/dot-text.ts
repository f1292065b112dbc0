import { printable } from './printable.js';

/** A quoted string of the DOT language. In labels a backslash begins an escape (`\N` = name of the node). */
export function dotText(text: string): string {
  const escaped = printable(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `"${escaped.replaceAll(/\r?\n/g, '\\n')}"`;
}

/** A line of a comment: line breaks in it would end it. */
export function dotComment(text: string): string {
  return `// ${text.replaceAll(/\s+/g, ' ')}\n`;
}
