/** A value of JSON that is not what it has to be; `at` is the path to it. */
export class ShapeFault extends Error {
  constructor(
    readonly at: string,
    message: string,
  ) {
    super(message);
  }
}

/** Takes a value of JSON for what it has to be. @throws ShapeFault */
export type Shape<Value> = (value: unknown, at: string) => Value;

/** A text. */
export const text: Shape<string> = (value, at) => {
  if (typeof value === 'string') return value;
  throw new ShapeFault(at, 'must be a text');
};

/** A whole number of some range. */
export function wholeNumber(from: number, to = Number.MAX_SAFE_INTEGER): Shape<number> {
  return (value, at) => {
    if (Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to)
      return Number(value);
    throw new ShapeFault(at, `must be a whole number from ${from}`);
  };
}

/** True or false. */
export const truth: Shape<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  throw new ShapeFault(at, 'must be true or false');
};

/** One of some words. */
export function oneOf<Word extends string>(words: readonly Word[]): Shape<Word> {
  return (value, at) => {
    const word = words.find((known) => known === value);
    if (word !== undefined) return word;
    throw new ShapeFault(at, `must be one of ${words.join(', ')}`);
  };
}

/** A value, or null. */
export function orNull<Value>(shape: Shape<Value>): Shape<Value | null> {
  return (value, at) => (value === null ? null : shape(value, at));
}

/** A list. */
export function listOf<Value>(shape: Shape<Value>): Shape<Value[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new ShapeFault(at, 'must be a list');
    return value.map((item, i) => shape(item, `${at}[${i}]`));
  };
}

/** An object, whatever its fields. */
export const anObject: Shape<Readonly<Record<string, unknown>>> = (value, at) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new ShapeFault(at, 'must be an object');
};

/** An object with exactly these fields, in this order. A field that nobody knows may be what mattered. */
export function objectOf<Fields extends object>(shapes: {
  readonly [Name in keyof Fields]: Shape<Fields[Name]>;
}): Shape<Fields> {
  const known = Object.entries<Shape<unknown>>(shapes);
  return (value, at) => {
    const given = new Map(Object.entries(anObject(value, at)));
    const read = known.map(([name, shape]) => {
      const path = at === '' ? name : `${at}.${name}`;
      if (!given.has(name)) throw new ShapeFault(path, 'is missing');
      return [name, shape(given.get(name), path)] as const;
    });
    const unknown = [...given.keys()].find((name) => !Object.hasOwn(shapes, name));
    if (unknown !== undefined)
      throw new ShapeFault(at, `has a field ${JSON.stringify(unknown)} that is not known`);
    return Object.fromEntries(read) as Fields;
  };
}
