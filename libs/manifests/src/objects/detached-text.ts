const LONGEST_NAME = 256;
const scratch = Buffer.allocUnsafe(3 * LONGEST_NAME);

/** A copy of a text: a piece of a document's text would hold the whole document in memory. */
export function detachedText(text: string): string {
  if (text.length > LONGEST_NAME) return Buffer.from(text, 'utf8').toString('utf8');
  return scratch.toString('utf8', 0, scratch.write(text, 'utf8'));
}
