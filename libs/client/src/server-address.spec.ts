import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './patience.js';
import { isPrivate, isToken, readServerAddress } from './server-address.js';

describe('readServerAddress', () => {
  it.each(['http://localhost:3000', 'https://portolan.example/below/'])('reads %s', (text) => {
    expect(readServerAddress(text)).toEqual({ ok: true, url: new URL(text) });
  });

  it.each(['portolan.example', 'ftp://x', 'https://a:b@x', 'https://x/?a=1', 'https://x/#a'])(
    'refuses %s',
    (text) => {
      expect(readServerAddress(text).ok).toBe(false);
    },
  );
});

describe('isPrivate', () => {
  it.each([
    ['https://portolan.example', true],
    ['http://localhost:3000', true],
    ['http://127.1.2.3', true],
    ['http://[::1]:80', true],
    ['http://portolan.example', false],
    ['http://localhost.example', false],
    ['http://127.0.0.1.example', false],
    ['http://10.0.0.1', false],
  ])('of %s is %s', (url, expected) => {
    expect(isPrivate(new URL(url))).toBe(expected);
  });
});

it('isToken knows what would break a header', () => {
  expect(['abc.DEF-1~+/=', 'a b', 'a\nb', '', 'ä'].map(isToken)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

it('retryAfterMs reads seconds and dates', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  expect(
    ['3', 'Sun, 01 Mar 2026 12:00:05 GMT', 'Sun, 01 Mar 2026 11:00:00 GMT', 'soon'].map((text) =>
      retryAfterMs(text, now),
    ),
  ).toEqual([3_000, 5_000, 0, null]);
});
