const PATTERN = /^row:(0|[1-9]\d{0,8})$/;

/** The opaque cursor of the row at a position (from 0) of a list in stable order. */
export function encodeCursor(position: number): string {
  return Buffer.from(`row:${String(position)}`, 'utf8').toString('base64url');
}

/** The row's position; null when the text is no cursor of ours. */
export function decodeCursor(cursor: string): number | null {
  if (!/^[\w-]{1,24}$/.test(cursor)) return null;
  const [, position] = PATTERN.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  return position === undefined ? null : Number(position);
}
