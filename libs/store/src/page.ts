/** Part of a list. `offset` and `limit` are non-negative integers; the caller bounds them. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** The items of a slice, and how many there are in all. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}
