import type { ReadDocument } from '../documents/read-result.js';

/** A document that was read without the elements in it: `move` says where a line of it really is. */
export function movedDocument(
  { root }: ReadDocument,
  move: (line: number) => number,
  lastLine: number,
): ReadDocument {
  return {
    root: {
      value: root.value,
      firstLine: root.firstLine,
      lastLine,
      locate: () => {
        const locator = root.locate();
        return (path) => move(locator(path));
      },
    },
    items: new Map(),
  };
}
