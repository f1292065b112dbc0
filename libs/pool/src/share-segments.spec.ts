import { describe, expect, it } from 'vitest';
import { shareSegments } from './share-segments.js';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('shareSegments', () => {
  it('leaves shared memory alone', () => {
    const segments = [
      { namespace: 'a', hash: 'h', bytes: new Uint8Array(new SharedArrayBuffer(8), 4, 4) },
    ];
    expect(shareSegments(segments)).toBe(segments);
  });

  it('copies everything else into one aligned block', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(2)).fill(9);
    const segments = [
      { namespace: '', hash: 'h', bytes: bytes(1, 2, 3) },
      { namespace: 'a', hash: 'h', bytes: shared },
      { namespace: 'b', hash: 'h', bytes: bytes() },
      { namespace: 'c', hash: 'h', bytes: bytes(4) },
    ];
    const copies = shareSegments(segments);
    expect(copies.map(({ namespace }) => namespace)).toEqual(['', 'a', 'b', 'c']);
    expect(copies.map((copy) => [...copy.bytes])).toEqual([[1, 2, 3], [9, 9], [], [4]]);
    expect(copies.map((copy) => copy.bytes.byteOffset)).toEqual([0, 8, 16, 16]);
    for (const copy of copies) {
      expect(copy.bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(copy.bytes.buffer).toBe(copies[0]?.bytes.buffer);
    }
  });
});
