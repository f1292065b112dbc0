/** Keys and indices that lead to a value inside an object. */
export type Path = readonly (string | number)[];

/** The line of every key and list element of a document, found by the map or list that holds it. */
export class LineMap {
  readonly #lines = new Map<object, Map<string | number, number>>();

  record(container: object, key: string | number, line: number): void {
    let lines = this.#lines.get(container);
    if (lines === undefined) {
      lines = new Map();
      this.#lines.set(container, lines);
    }
    lines.set(key, line);
  }

  /** Null when the container has no such key, or its value is nothing at all (`-` followed by nothing). */
  at(container: object, key: string | number): number | null {
    return this.#lines.get(container)?.get(key) ?? null;
  }

  /** The line of the innermost part of `path` that exists below `root`; `fallback` when nothing of it does. */
  nearest(root: unknown, path: Path, fallback: number): number {
    let line = fallback;
    let value = root;
    for (const key of path) {
      if (typeof value !== 'object' || value === null) break;
      line = this.at(value, key) ?? line;
      if (!Object.hasOwn(value, key)) break;
      value = (value as Record<string | number, unknown>)[key];
    }
    return line;
  }
}
