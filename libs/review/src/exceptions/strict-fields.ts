/** Keys and indices that lead to a value. */
export type FieldPath = readonly (string | number)[];

/** What is wrong with a file of exceptions, and where. */
export interface ExceptionFault {
  readonly path: string;
  readonly line: number;
  /** `exceptions[0].match`; empty for the file as a whole. */
  readonly field: string;
  readonly message: string;
}

/** Reads fields strictly: whatever is not expected becomes a fault, with its line. */
export class StrictFields {
  readonly faults: ExceptionFault[] = [];

  constructor(
    private readonly path: string,
    private readonly lineOf: (path: FieldPath) => number,
  ) {}

  line(at: FieldPath): number {
    return this.lineOf(at);
  }

  fault(at: FieldPath, message: string): null {
    this.faults.push({ path: this.path, line: this.lineOf(at), field: fieldText(at), message });
    return null;
  }

  /** A map of which all keys are known and the required ones are there; null after a fault. */
  map(
    value: unknown,
    at: FieldPath,
    {
      required,
      optional = [],
    }: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  ): Readonly<Record<string, unknown>> | null {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return this.fault(at, 'must be a map');
    const map = value as Readonly<Record<string, unknown>>;
    const known = [...required, ...optional];
    const unknown = Object.keys(map).filter((key) => !known.includes(key));
    const missing = required.filter((key) => !Object.hasOwn(map, key));
    for (const key of unknown)
      this.fault([...at, key], `there is no such field; there are ${known.join(', ')}`);
    for (const key of missing) this.fault(at, `${key} is required`);
    return unknown.length + missing.length === 0 ? map : null;
  }

  /** A text that is not empty. */
  text(value: unknown, at: FieldPath): string | null {
    return typeof value === 'string' && value.trim() !== ''
      ? value
      : this.fault(at, 'must be a text that is not empty');
  }
}

function fieldText(at: FieldPath): string {
  return at.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`,
    '',
  );
}
