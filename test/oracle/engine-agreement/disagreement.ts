/** Where engine and oracle say different things. */
export class Disagreement extends Error {}

type Compared = string | number | boolean | readonly string[];

/** Lists are compared without regard to order. */
export function same(what: string | (() => string), found: Compared, wanted: Compared): void {
  if (found === wanted || (isEmpty(found) && isEmpty(wanted))) return;
  const [engine, oracle] = [JSON.stringify(inOrder(found)), JSON.stringify(inOrder(wanted))];
  if (engine === oracle) return;
  const where = typeof what === 'string' ? what : what();
  throw new Disagreement(`${where}\n  engine: ${engine}\n  oracle: ${oracle}`);
}

function isEmpty(value: Compared): boolean {
  return typeof value === 'object' && value.length === 0;
}

function inOrder(value: Compared): Compared {
  return typeof value === 'object' && value.length > 1 ? [...value].sort() : value;
}
