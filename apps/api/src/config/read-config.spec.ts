import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './read-config.js';

const TOKEN = 'a-token-of-sufficient-length';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable }) => variable);
  }
}

describe('readConfig', () => {
  it('has a default for everything', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      databaseUrl: null,
      tokenDigests: [],
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes an empty variable as unset', () => {
    expect(readConfig({ PORT: '', PORTOLAN_TOKENS: ' ' })).toMatchObject({ port: 3000 });
  });

  it('reads sizes with and without units', () => {
    const { maxUploadBytes, maxInlineBytes } = readConfig({
      PORTOLAN_MAX_UPLOAD_BYTES: '3GiB',
      PORTOLAN_MAX_INLINE_BYTES: '1000',
    });
    expect([maxUploadBytes, maxInlineBytes]).toEqual([3 * 1024 ** 3, 1000]);
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '3e3'],
    ['HOST', 'two words'],
    ['DATABASE_URL', 'mysql://localhost/portolan'],
    ['DATABASE_URL', 'localhost'],
    ['DATABASE_URL', 'postgresql://me:secret@localhost'],
    ['DATABASE_URL', 'postgresql://me:secret@localhost:5432/'],
    ['DATABASE_URL', 'postgresql://localhost/portolan?schema=mine'],
    ['PORTOLAN_HOSTS', 'https://portolan.example'],
    ['PORTOLAN_HOSTS', 'portolan.example:3000'],
    ['PORTOLAN_HOSTS', 'portolan.example,'],
    ['LOG_LEVEL', 'loud'],
    ['PORTOLAN_TOKENS', 'short'],
    ['PORTOLAN_TOKENS', `${TOKEN},`],
    ['PORTOLAN_TOKENS', `${TOKEN} with spaces`],
    ['PORTOLAN_ANONYMOUS', 'yes'],
    ['PORTOLAN_MAX_UPLOAD_BYTES', '10 elephants'],
    ['PORTOLAN_MAX_UPLOAD_BYTES', '0'],
    ['PORTOLAN_MAX_QUERY_DEPTH', '0'],
    ['PORTOLAN_THREADS', '1.5'],
  ])('names %s when it is "%s"', (variable, value) => {
    expect(problemsOf({ [variable]: value })).toEqual([variable]);
  });

  it.each([
    'postgresql://me:secret@localhost:5432/portolan',
    'postgres://localhost/portolan?sslmode=disable',
    'postgresql:///portolan?host=/run/postgresql',
  ])('takes %s', (url) => {
    expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  it('names all bad variables at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y' })).toEqual(['PORT', 'LOG_LEVEL']);
  });

  it('never repeats a value that may be a secret', () => {
    for (const url of ['mysql://me:hunter2@db/x', 'postgresql://me:hunter2@db'])
      expect(() => readConfig({ DATABASE_URL: url, PORTOLAN_TOKENS: 'hunter2' })).toThrow(
        /^(?!.*hunter2)/s,
      );
  });

  it.each(['0.0.0.0', '::', '192.168.1.7', 'example.org', '127.0.0.1.example.org'])(
    'refuses to serve everybody on %s by accident',
    (host) => {
      expect(problemsOf({ HOST: host })).toEqual(['HOST']);
      expect(problemsOf({ HOST: host, PORTOLAN_TOKENS: TOKEN })).toEqual([]);
      expect(problemsOf({ HOST: host, PORTOLAN_ANONYMOUS: 'true' })).toEqual([]);
    },
  );

  it.each(['localhost', '127.0.0.1', '127.8.0.1', '::1'])('serves %s without tokens', (host) => {
    expect(problemsOf({ HOST: host })).toEqual([]);
  });

  it.each(['api', 'worker'])('refuses the role %s on a database of its own', (role) => {
    expect(problemsOf({ ROLE: role })).toEqual(['ROLE']);
    expect(problemsOf({ ROLE: role, DATABASE_URL: 'postgresql://db/portolan' })).toEqual([]);
    expect(problemsOf({ ROLE: role, DATABASE_URL: 'mysql://db/portolan' })).toEqual([
      'DATABASE_URL',
    ]);
  });

  it('lets everybody look at the health of a worker, which has nothing else', () => {
    const shared = { HOST: '0.0.0.0', DATABASE_URL: 'postgresql://db/portolan' };
    expect(problemsOf({ ...shared, ROLE: 'worker' })).toEqual([]);
    expect(problemsOf({ ...shared, ROLE: 'api' })).toEqual(['HOST']);
  });

  it('refuses tokens together with anonymous access', () => {
    expect(problemsOf({ PORTOLAN_TOKENS: TOKEN, PORTOLAN_ANONYMOUS: 'true' })).toEqual([
      'PORTOLAN_ANONYMOUS',
    ]);
  });
});
