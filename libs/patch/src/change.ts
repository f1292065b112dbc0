import type { Pair, Scalar, YAMLMap, YAMLSeq, Node } from 'yaml';

/** One change of a document, by the nodes that it is about. */
export type Change =
  /** Another value; `pair` null = the value is an element of a list. */
  | {
      readonly op: 'replace';
      readonly pair: Pair | null;
      readonly node: Node;
      readonly value: unknown;
    }
  | { readonly op: 'rename'; readonly key: Scalar; readonly name: string }
  | { readonly op: 'quote'; readonly node: Scalar; readonly source: string }
  | { readonly op: 'addKey'; readonly map: YAMLMap; readonly key: string; readonly value: unknown }
  | { readonly op: 'append'; readonly list: YAMLSeq; readonly value: unknown }
  | { readonly op: 'removeKey'; readonly map: YAMLMap; readonly pair: Pair }
  | {
      readonly op: 'removeItem';
      /** That has the list. */
      readonly pair: Pair;
      readonly list: YAMLSeq;
      readonly index: number;
    }
  /** Two maps that follow one another in a list become one. */
  | { readonly op: 'join'; readonly list: YAMLSeq; readonly first: number };

/** A change, and the places in the object that nothing else may be about. */
export interface PlacedChange {
  readonly change: Change;
  readonly claims: readonly Place[];
}

/** Keys and positions from the object on. `#` = no key: what its neighbours in the text make of it. */
export type Place = readonly (string | number)[];

/** Whether a place is another one, or in it. */
export function isWithin(place: Place, outer: Place): boolean {
  return outer.length <= place.length && outer.every((key, i) => key === place[i]);
}
