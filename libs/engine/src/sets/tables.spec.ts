import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupHas, groupOf, groupPairs, transpose } from './grouped.js';
import { SequenceTable } from './sequence-table.js';
import { TupleTable } from './tuple-table.js';

describe('TupleTable', () => {
  it('numbers equal tuples alike, through growth', () => {
    const table = new TupleTable(2);
    const id = (a: number, b: number): number => table.intern(Int32Array.of(a, b));
    const ids = Array.from({ length: 5000 }, (_, i) => id(i, -i));
    expect(ids).toEqual(Array.from({ length: 5000 }, (_, i) => i));
    expect(Array.from({ length: 5000 }, (_, i) => id(i, -i))).toEqual(ids);
    expect([table.component(4999, 0), table.component(4999, 1)]).toEqual([4999, -4999]);
  });
});

describe('SequenceTable', () => {
  it('tells sequences apart as their text does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 })),
        (sequences) => {
          const table = new SequenceTable();
          const ids = sequences.map((one) => table.intern(Int32Array.from(one)));
          const texts = [...new Set(sequences.map((one) => one.join()))];
          expect(ids).toEqual(sequences.map((one) => texts.indexOf(one.join())));
          for (const [i, id] of ids.entries())
            expect(Array.from(table.get(id))).toEqual(sequences[i]);
        },
      ),
    );
  });
});

describe('groups', () => {
  const group = groupPairs(3, Int32Array.of(2, 0, 2, 0), Int32Array.of(5, 1, 7, 4));

  it('lay items out by owner', () => {
    expect([0, 1, 2].map((owner) => Array.from(groupOf(group, owner)))).toEqual([
      [1, 4],
      [],
      [5, 7],
    ]);
    expect(groupHas(group, 2, 7)).toBe(true);
    expect(groupHas(group, 2, 6)).toBe(false);
    expect(groupHas(group, 1, 5)).toBe(false);
  });

  it('transpose', () => {
    const transposed = transpose(group, 8);
    expect(Array.from(groupOf(transposed, 7))).toEqual([2]);
    expect(Array.from(groupOf(transposed, 0))).toEqual([]);
  });
});
