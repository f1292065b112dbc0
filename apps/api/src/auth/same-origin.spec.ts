import { expect, it } from 'vitest';
import { isSameOrigin } from './same-origin.js';

it.each([
  [{ host: 'localhost:3000' }, true],
  [{ host: 'localhost:3000', origin: 'http://localhost:3000' }, true],
  [
    {
      host: '127.0.0.1:3000',
      origin: 'https://portolan.example',
      'x-forwarded-host': 'portolan.example',
    },
    true,
  ],
  [{ host: 'localhost:3000', origin: 'http://localhost:4000' }, false],
  [{ host: 'localhost:3000', origin: 'https://evil.example' }, false],
  [{ host: 'localhost:3000', origin: 'null' }, false],
  [{ origin: 'http://localhost:3000' }, false],
])('%j may ask: %s', (headers, expected) => {
  expect(isSameOrigin({ headers })).toBe(expected);
});
