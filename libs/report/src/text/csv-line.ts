import { printable } from './printable.js';

/** A line of a CSV document (RFC 4180). */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/**
 * Spreadsheets run a cell that begins like a formula, and names come from whoever wrote the manifests: such a cell gets an
 * apostrophe in front (OWASP, CSV injection).
 */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${printable(text)}` : printable(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
