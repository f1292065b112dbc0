import {
  type AddressFamily,
  type Cidr,
  compareWords,
  nextWords,
  rangeToCidrs,
} from '@portolan/model';

/** Addresses from `first` to `last`, both included. */
export interface AddressRange {
  readonly family: AddressFamily;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** Adds a range that lies behind all others; one that follows the last without a gap makes it longer. */
export function appendRange(ranges: AddressRange[], { family, first, last }: AddressRange): void {
  const before = ranges.at(-1);
  const next = before?.family === family ? nextWords(before.last) : null;
  if (next !== null && compareWords(next, first) === 0)
    ranges[ranges.length - 1] = { ...before!, last };
  else ranges.push({ family, first, last });
}

/** The fewest CIDRs that cover exactly some ranges. */
export function cidrsOfRanges(ranges: readonly AddressRange[]): Cidr[] {
  return ranges.flatMap(({ family, first, last }) => rangeToCidrs(family, first, last));
}
