import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ColumnBlockWriter, readColumnBlock } from './column-block.js';

const COLUMNS = ['a', 'b'] as const;

function block(a: readonly number[], texts: readonly string[]): Uint8Array {
  const writer = new ColumnBlockWriter(COLUMNS);
  writer.push('a', ...a);
  writer.push('b', ...texts.map((text) => writer.intern(text)));
  return writer.finish();
}

describe('column block', () => {
  it('gives back what was written, in any alphabet', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
        fc.array(fc.string({ unit: 'grapheme' })),
        (a, texts) => {
          const { columns, strings } = readColumnBlock(COLUMNS, block(a, texts));
          expect(Array.from(columns.a)).toEqual(a);
          expect(Array.from(columns.b, (text) => strings.at(text))).toEqual(texts);
          expect(strings.size).toBe(new Set(texts).size);
        },
      ),
    );
  });

  it('is equal bytes for equal content', () => {
    expect(block([1, -1], ['x', 'y', 'x'])).toEqual(block([1, -1], ['x', 'y', 'x']));
  });

  it('replaces lone surrogates', () => {
    const { columns, strings } = readColumnBlock(COLUMNS, block([], ['a\ud800b']));
    expect(strings.at(columns.b[0]!)).toBe('a\ufffdb');
  });

  it('refuses damaged, cut and foreign bytes', () => {
    const bytes = block([1, 2, 3], ['text']);
    expect(() => readColumnBlock(COLUMNS, bytes.slice(0, bytes.length - 4))).toThrow('whole');
    expect(() => readColumnBlock(['a'], bytes)).toThrow('version and columns');
    expect(() => readColumnBlock(COLUMNS, new Uint8Array(64))).toThrow('version and columns');
    expect(() => readColumnBlock(COLUMNS, new Uint8Array(2))).toThrow('header');
  });

  it('of earlier columns has the later ones empty', () => {
    const { columns, strings } = readColumnBlock(['a', 'b', 'c'], block([1, 2], ['text']));
    expect([columns.a, columns.b, columns.c].map((column) => Array.from(column))).toEqual([
      [1, 2],
      [0],
      [],
    ]);
    expect(strings.at(0)).toBe('text');
  });

  it('reads shared memory in place', () => {
    const bytes = block([7], ['ü']);
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    const { columns, strings } = readColumnBlock(COLUMNS, shared);
    expect(columns.a.buffer).toBe(shared.buffer);
    expect(strings.at(0)).toBe('ü');
  });
});
