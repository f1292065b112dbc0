import { expect, it } from 'vitest';
import { OUTSIDE, row } from './rows.test-support.js';
import { writeText } from './text.js';

it('writes a line for each row, without what a terminal would obey, and caveats last', () => {
  const caveats = [{ code: 'HOST_NETWORK', message: 'one\ntwo' }] as const;
  const rows = [row(), row({ source: OUTSIDE })];
  const text = [...writeText(rows, caveats, ({ kind }) => `${kind}\u001B[31m`)].join('');
  expect(text).toBe(
    'workload [31m → pod [31m: TCP 5432\nexternal [31m → pod [31m: TCP 5432\n\nWhat this could not see\n  HOST_NETWORK: one two\n',
  );
});
