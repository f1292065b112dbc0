import { describe, expect, it } from 'vitest';
import { parseDateTime } from './date-time.scalar.js';

describe('parseDateTime', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00.123456789Z', '2026-03-01T12:00:00.123Z'],
    ['2026-03-01T12:00:00+02:00', '2026-03-01T10:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, utc) => {
    expect(parseDateTime(text)?.toISOString()).toBe(utc);
  });

  it.each([
    '',
    'now',
    '2026-03-01',
    '2026-03-01T12:00:00',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T25:00:00Z',
    '1772366400',
  ])('refuses "%s"', (text) => {
    expect(parseDateTime(text)).toBeNull();
  });
});
