import { describe, expect, it } from 'vitest';
import { haveSomeAtom, overlap } from './atom-ranges.js';

const of = (...values: number[]): Int32Array => Int32Array.from(values);

describe('ranges of atoms', () => {
  it('have the atoms from the first up to the end', () => {
    expect(haveSomeAtom(of(2, 4, 7, 8), of(0, 1, 4, 6, 8))).toBe(false);
    for (const atom of [2, 3, 7]) expect(haveSomeAtom(of(2, 4, 7, 8), of(0, atom, 9))).toBe(true);
    expect(haveSomeAtom(of(), of(1))).toBe(false);
    expect(haveSomeAtom(of(1, 2), of())).toBe(false);
  });

  it('overlap when they have an atom in common', () => {
    expect(overlap(of(0, 2, 5, 9), of(2, 5, 9, 10))).toBe(false);
    expect(overlap(of(0, 2, 5, 9), of(8, 10))).toBe(true);
  });
});
