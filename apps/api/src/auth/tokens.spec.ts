import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/read-config.js';
import { identify } from './tokens.js';

const TOKEN = 'a-token-of-sufficient-length';
const OTHER = 'another-token-that-is-known';
const { tokenDigests } = readConfig({ PORTOLAN_TOKENS: `${TOKEN},${OTHER}` });

describe('identify', () => {
  it('lets everybody in when there are no tokens', () => {
    expect(identify(undefined, [])).toBe('anonymous');
  });

  it('names callers by their token, without giving it away', () => {
    const name = identify(`Bearer ${TOKEN}`, tokenDigests);
    expect(name).toMatch(/^token:[0-9a-f]{8}$/);
    expect(identify(`bearer  ${OTHER}`, tokenDigests)).not.toBe(name);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    TOKEN,
    `Basic ${TOKEN}`,
    `Bearer ${TOKEN}x`,
    `Bearer ${TOKEN.slice(0, -1)}`,
    `Bearer ${TOKEN} ${TOKEN}`,
  ])('refuses "%s"', (authorization) => {
    expect(identify(authorization, tokenDigests)).toBeNull();
  });
});
