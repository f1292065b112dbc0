import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './same-origin.js';

const HERE = { host: '127.0.0.1', publicHosts: [] };
const BEHIND_PROXY = { host: '127.0.0.1', publicHosts: ['portolan.example'] };
const EVERYWHERE = { host: '0.0.0.0', publicHosts: [] };

describe('isSameOrigin', () => {
  it.each([
    [{ host: 'localhost:3000' }, true],
    [{ host: 'LOCALHOST:3000' }, true],
    [{ host: '[::1]:3000' }, true],
    [{}, true],
    [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, true],
    [{ host: 'localhost:3000', origin: 'http://localhost:4000' }, false],
    [{ host: 'localhost:3000', origin: 'https://evil.example' }, false],
    [{ host: 'localhost:3000', origin: 'null' }, false],
    [{ origin: 'http://localhost:3000' }, false],
  ])('%j may ask: %s', (headers, expected) => {
    expect(isSameOrigin({ headers }, HERE)).toBe(expected);
  });

  it('is not fooled by a name of somebody else that leads here', () => {
    const rebound = { host: 'evil.example:3000', origin: 'http://evil.example:3000' };
    expect(isSameOrigin({ headers: rebound }, HERE)).toBe(false);
    expect(isSameOrigin({ headers: { host: 'evil.example:3000' } }, HERE)).toBe(false);
    const forwarded = {
      ...rebound,
      host: 'localhost:3000',
      'x-forwarded-host': 'evil.example:3000',
    };
    expect(isSameOrigin({ headers: forwarded }, HERE)).toBe(false);
    expect(isSameOrigin({ headers: { host: 'localhost.evil.example' } }, HERE)).toBe(false);
  });

  it('answers to names that it was given, as a proxy passes them on', () => {
    const origin = 'https://portolan.example';
    for (const headers of [
      { host: 'portolan.example' },
      { host: 'portolan.example', origin },
      { host: '127.0.0.1:3000', origin, 'x-forwarded-host': 'portolan.example' },
    ])
      expect(isSameOrigin({ headers }, BEHIND_PROXY)).toBe(true);
    expect(isSameOrigin({ headers: { host: 'other.example' } }, BEHIND_PROXY)).toBe(false);
  });

  it('answers to every name where it serves other machines and was given none', () => {
    const headers = { host: 'any.example', origin: 'http://any.example' };
    expect(isSameOrigin({ headers }, EVERYWHERE)).toBe(true);
    const names = { ...EVERYWHERE, publicHosts: ['portolan.example'] };
    expect(isSameOrigin({ headers }, names)).toBe(false);
    for (const host of ['10.1.2.3:3000', '[fd00::1]:3000'])
      expect(isSameOrigin({ headers: { host } }, names)).toBe(true);
  });
});
