import { compareWords, type IpAddress, nextWords, previousWords } from '@portolan/model';
import type { AddressRange } from '../sets/address-ranges.js';

/** Traffic by address: disjoint ranges, sorted by family and address; what no range covers has `nothing`. */
export type AddressFunction<Value> = readonly AddressPiece<Value>[];

export interface AddressPiece<Value> extends AddressRange {
  readonly value: Value;
}

/** Combines two functions address by address. Pieces cover everything that either covers. */
export function combine<A, B, Value>(
  a: AddressFunction<A>,
  b: AddressFunction<B>,
  nothing: { readonly a: A; readonly b: B },
  operation: (a: A, b: B) => Value,
): AddressFunction<Value> {
  const combined: AddressPiece<Value>[] = [];
  for (const family of [4, 6] as const) {
    const [ones, others] = [
      a.filter((piece) => piece.family === family),
      b.filter((piece) => piece.family === family),
    ];
    const starts = cuts([...ones, ...others]);
    let [i, j] = [0, 0];
    for (const [at, first] of starts.entries()) {
      while (i < ones.length && compareWords(ones[i]!.last, first) < 0) i++;
      while (j < others.length && compareWords(others[j]!.last, first) < 0) j++;
      const one = covering(ones[i], first);
      const other = covering(others[j], first);
      if (one === undefined && other === undefined) continue;
      const following = starts[at + 1];
      const ends = [
        one?.last,
        other?.last,
        following === undefined ? null : previousWords(following),
      ].filter((words) => words !== undefined && words !== null);
      const last = ends.reduce((least, words) => (compareWords(words, least) < 0 ? words : least));
      combined.push({
        family,
        first,
        last,
        value: operation(one?.value ?? nothing.a, other?.value ?? nothing.b),
      });
    }
  }
  return combined;
}

/** The value at an address; null where no piece covers it. */
export function valueAt<Value>(
  pieces: AddressFunction<Value>,
  { family, words }: IpAddress,
): Value | null {
  const found = pieces.find(
    (piece) =>
      piece.family === family &&
      compareWords(piece.first, words) <= 0 &&
      compareWords(words, piece.last) <= 0,
  );
  return found?.value ?? null;
}

/** A function of single addresses, each given once. */
export function points<Value>(
  values: readonly { readonly address: IpAddress; readonly value: Value }[],
): AddressFunction<Value> {
  return values
    .map(({ address: { family, words }, value }) => ({ family, first: words, last: words, value }))
    .sort((a, b) => a.family - b.family || compareWords(a.first, b.first));
}

/** Where some piece begins, and where the one after each begins. */
function cuts(pieces: readonly AddressPiece<unknown>[]): (readonly number[])[] {
  const starts = new Map<string, readonly number[]>();
  for (const { first, last } of pieces) {
    starts.set(first.join(), first);
    const next = nextWords(last);
    if (next !== null) starts.set(next.join(), next);
  }
  return [...starts.values()].sort(compareWords);
}

function covering<Value>(
  piece: AddressPiece<Value> | undefined,
  at: readonly number[],
): AddressPiece<Value> | undefined {
  return piece !== undefined &&
    compareWords(piece.first, at) <= 0 &&
    compareWords(at, piece.last) <= 0
    ? piece
    : undefined;
}
