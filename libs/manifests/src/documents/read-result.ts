import type { Path } from './line-map.js';

/** A value of a document and where it stands. Lines count from 1 in the file. */
export interface PlacedValue {
  readonly value: unknown;
  readonly firstLine: number;
  readonly lastLine: number;
  /** Finds lines inside the value. May read the text again: ask only where they are needed. */
  readonly locate: () => Locator;
}

/** The line of a part of an object, or of the innermost part that exists. */
export type Locator = (path: Path) => number;

/** A document as read. */
export interface ReadDocument {
  readonly root: PlacedValue;
  /** Places of the elements of `items`, at any depth of lists, by their value. */
  readonly items: ReadonlyMap<object, PlacedValue>;
}

/** Why text is no document. `message` holds nothing of the text. */
export interface ReadFailure {
  readonly code: 'SYNTAX' | 'TOO_LARGE';
  readonly message: string;
  readonly line: number;
}

/** What came of a piece of text: the documents before the first failure, and the failures. */
export interface ReadResult {
  readonly documents: readonly ReadDocument[];
  readonly failures: readonly ReadFailure[];
}

/** What a reader keeps to. */
export interface ReadLimits {
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxValues: number;
  readonly maxDocumentValues: number;
  readonly maxTextLength: number;
  readonly maxObjects: number;
}

/** Thrown inside a reader to leave its recursion; never leaves the reader. */
export class UnreadableText extends Error {
  constructor(
    readonly code: ReadFailure['code'],
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** @throws UnreadableText when a text that is kept is too long. It is not built then. */
export function checkTextLength(start: number, end: number, limits: ReadLimits): void {
  if (end - start > limits.maxTextLength) {
    throw new UnreadableText('TOO_LARGE', 'a text is longer than any object may be', start);
  }
}

/** Sets a key like any other, `__proto__` included. */
export function setKey(map: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    map[key] = value;
  }
}
