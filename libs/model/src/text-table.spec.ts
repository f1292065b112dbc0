import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextTable } from './text-table.js';
import { encodeUtf8 } from './utf8.js';

describe('TextTable', () => {
  it('numbers texts by group as they first appear, wherever they stand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), fc.string({ maxLength: 3, unit: 'grapheme' }))),
        (texts) => {
          const table = new TextTable();
          const keys = [...new Set(texts.map(([group, text]) => `${String(group)} ${text}`))];
          for (const [group, text] of texts) {
            const bytes = Uint8Array.from([7, ...encodeUtf8(text), 7]);
            const expected = keys.indexOf(`${String(group)} ${text}`);
            const before = table.find(bytes, 1, bytes.length - 1, group);
            expect(before).toBe(expected < table.size ? expected : -1);
            expect(table.intern(bytes, 1, bytes.length - 1, group)).toBe(expected);
            expect(table.internText(text, group)).toBe(expected);
          }
        },
      ),
    );
  });

  it('grows', () => {
    const table = new TextTable();
    const ids = Array.from({ length: 3000 }, (_, i) => table.internText(`text ${String(i)}`));
    expect(ids).toEqual(Array.from({ length: 3000 }, (_, i) => i));
    expect(table.internText('text 1234')).toBe(1234);
  });
});
