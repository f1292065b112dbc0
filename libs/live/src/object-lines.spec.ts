import { expect, it } from 'vitest';
import { ObjectLines } from './object-lines.js';

it('cuts lines into blocks, none of them empty', () => {
  const lines = new ObjectLines(10);
  for (const line of ['{"a":1}', '{"ä":2}', '{}']) lines.add(line);
  expect(lines.count).toBe(3);
  expect(lines.blocks().map(String)).toEqual(['{"a":1}\n{"ä":2}\n', '{}\n']);
  expect(new ObjectLines().blocks()).toEqual([]);
});
