/**
 * The keys and positions of a JSON path as problems name fields: `spec.ingress[0].from`, `metadata.labels["app.kubernetes.io/name"]`.
 * Null where it is none, and where a key in it is cut short.
 */
export function fieldPath(field: string | null): (string | number)[] | null {
  if (field === null) return null;
  const path: (string | number)[] = [];
  let at = 0;
  while (at < field.length) {
    STEP.lastIndex = at;
    const [step, key, position, quoted] = STEP.exec(field) ?? [];
    if (step === undefined) return null;
    const name = quoted === undefined ? key : textOf(quoted);
    if (position !== undefined) path.push(Number(position));
    else if (name === undefined || name.endsWith('…')) return null;
    else path.push(name);
    at += step.length;
  }
  return path.length === 0 ? null : path;
}

/** `key` or `.key`, `[0]`, `["a key"]`. */
const STEP = /(?:^|\.)([A-Za-z_][\w-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y;

function textOf(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}
