const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DIGEST = /^[0-9a-f]{64}$/;

/** Whether PostgreSQL takes a text as uuid. Ids come from outside: what is none is not found, instead of an error. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Whether a text is a SHA-256 as we write it. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}

/** Rows in the order in which their ids were asked for; null where there is none. */
export function inOrder<Row extends { readonly id: string }>(
  ids: readonly string[],
  rows: readonly Row[],
): (Row | null)[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id.toLowerCase()) ?? null);
}
