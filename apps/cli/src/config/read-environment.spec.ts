import { describe, expect, it } from 'vitest';
import { readEnvironment } from './read-environment.js';

describe('readEnvironment', () => {
  it.each([
    [{}, true],
    [{ NO_COLOR: '' }, true],
    [{ NO_COLOR: '0' }, false],
    [{ TERM: 'dumb' }, false],
    [{ TERM: 'xterm' }, true],
  ])('of %j has colours: %s', (environment, hasColours) => {
    expect(readEnvironment(environment)).toEqual({ hasColours, server: null, token: null });
  });

  it('knows a server and a token for it', () => {
    const environment = { PORTOLAN_SERVER: 'https://portolan.example', PORTOLAN_TOKEN: ' abc\n' };
    expect(readEnvironment(environment)).toMatchObject({
      server: 'https://portolan.example',
      token: 'abc',
    });
    expect(readEnvironment({ PORTOLAN_SERVER: ' ', PORTOLAN_TOKEN: '' }).server).toBeNull();
  });
});
