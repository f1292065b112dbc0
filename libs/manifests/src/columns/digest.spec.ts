import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { digestOf } from './digest.js';

it('is the hash of the lines as JSON', () => {
  const lines = [['a', 'b'], [[{ c: ['"'] }], 0, [null]], []];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  expect(digestOf(lines)).toBe(createHash('sha256').update(text).digest('hex'));
});

it('takes more than one text can hold', () => {
  const long = 'x'.repeat(30 * 1024 * 1024);
  expect(digestOf([Array.from({ length: 20 }, () => long)])).toMatch(/^[0-9a-f]{64}$/);
});
