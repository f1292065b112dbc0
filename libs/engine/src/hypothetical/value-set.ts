import { compareText, type Requirement } from '@portolan/model';

/** Values that a label may have: those listed or, as a complement, all but those listed; and whether it may be absent. */
export interface ValueSet {
  readonly isComplement: boolean;
  /** Sorted. */
  readonly values: readonly string[];
  readonly mayBeAbsent: boolean;
}

export const ANY_VALUE: ValueSet = { isComplement: true, values: [], mayBeAbsent: true };

/** What satisfies a requirement. */
export function valuesOf({ operator, values }: Requirement): ValueSet {
  const isNegative = operator === 'NotIn' || operator === 'DoesNotExist';
  const isListed = operator === 'In' || operator === 'DoesNotExist';
  return { isComplement: !isListed, values, mayBeAbsent: isNegative };
}

export function complementOf({ isComplement, values, mayBeAbsent }: ValueSet): ValueSet {
  return { isComplement: !isComplement, values, mayBeAbsent: !mayBeAbsent };
}

export function intersectValues(a: ValueSet, b: ValueSet): ValueSet {
  if (isAnyValue(a)) return b;
  if (isAnyValue(b)) return a;
  const mayBeAbsent = a.mayBeAbsent && b.mayBeAbsent;
  if (a.isComplement && b.isComplement) {
    const values = [...new Set([...a.values, ...b.values])].sort(compareText);
    return { isComplement: true, values, mayBeAbsent };
  }
  const [listed, other] = a.isComplement ? [b, a] : [a, b];
  const known = new Set(other.values);
  const values = listed.values.filter((value) => known.has(value) !== other.isComplement);
  return { isComplement: false, values, mayBeAbsent };
}

/** Whether two sets have something in common. */
export function valuesMeet(a: ValueSet, b: ValueSet): boolean {
  if (a.mayBeAbsent && b.mayBeAbsent) return true;
  if (a.isComplement && b.isComplement) return true;
  const [listed, other] = a.isComplement ? [b, a] : [a, b];
  return listed.values.some((value) => other.values.includes(value) !== other.isComplement);
}

export function uniteValues(a: ValueSet, b: ValueSet): ValueSet {
  return complementOf(intersectValues(complementOf(a), complementOf(b)));
}

/** Of infinitely many values some are left, whichever are taken away. */
export function isNever({ isComplement, values, mayBeAbsent }: ValueSet): boolean {
  return !isComplement && values.length === 0 && !mayBeAbsent;
}

export function isAnyValue({ isComplement, values, mayBeAbsent }: ValueSet): boolean {
  return isComplement && values.length === 0 && mayBeAbsent;
}

/** `value` undefined = the label is absent. */
export function hasValue(set: ValueSet, value: string | undefined): boolean {
  return value === undefined ? set.mayBeAbsent : set.values.includes(value) !== set.isComplement;
}

/** One of the set: absent where that is possible, else a value; of a complement one that nobody has named. */
export function someValue({ isComplement, values, mayBeAbsent }: ValueSet): string | undefined {
  if (mayBeAbsent) return undefined;
  if (!isComplement) return values[0];
  let number = 1;
  while (values.includes(`other-${String(number)}`)) number++;
  return `other-${String(number)}`;
}

/** As requirements, all of which must hold. A label that has one of some values or is absent takes two selectors. */
export function requirementsOf(key: string, set: ValueSet): readonly (readonly Requirement[])[] {
  const { isComplement, values, mayBeAbsent } = set;
  const exists: Requirement = { key, operator: 'Exists', values: [] };
  const absent: Requirement = { key, operator: 'DoesNotExist', values: [] };
  const others: Requirement = { key, operator: 'NotIn', values };
  if (!isComplement)
    return [
      ...(values.length === 0 ? [] : [[{ key, operator: 'In', values } as const]]),
      ...(mayBeAbsent ? [[absent]] : []),
    ];
  if (values.length === 0) return [mayBeAbsent ? [] : [exists]];
  return [mayBeAbsent ? [others] : [exists, others]];
}
