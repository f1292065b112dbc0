import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from './import-options.js';
import { readOptions } from './read-options.js';

const read = (args: string, environment: Record<string, string> = {}) =>
  readOptions(args.split(' '), environment);

describe('readOptions', () => {
  it('has a default for everything but the cluster', () => {
    expect(read('--cluster prod')).toEqual({
      cluster: 'prod',
      server: new URL('http://127.0.0.1:3000'),
      token: null,
      access: { from: 'kubeconfig', file: null, context: null },
      isStrict: false,
      requestMs: 60_000,
    });
  });

  it('takes everything that can be said', () => {
    expect(
      read(
        '--cluster prod --server https://portolan.example/p --kubeconfig f --context c --strict --request-seconds 5',
      ),
    ).toMatchObject({
      server: new URL('https://portolan.example/p'),
      access: { from: 'kubeconfig', file: 'f', context: 'c' },
      isStrict: true,
      requestMs: 5_000,
    });
    expect(read('--cluster prod --in-cluster')?.access).toEqual({ from: 'pod' });
    expect(read('-h')).toBeNull();
  });

  it.each([
    ['--server http://x', /--cluster is missing/],
    ['--cluster=', /--cluster is missing/],
    ['--cluster a --server portolan:3000', /--server must be an http/],
    ['--cluster a --server http://me:password@x', /must not hold a password/],
    ['--cluster a --in-cluster --context c', /--in-cluster needs no/],
    ['--cluster a --request-seconds 0', /--request-seconds must be/],
    ['--cluster a --token abc', /--token/],
    ['--cluster a b', /b/],
  ])('refuses %s', (args, message) => {
    expect(() => read(args)).toThrow(UsageError);
    expect(() => read(args)).toThrow(message);
  });
});

describe('the token for Portolan', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('comes from the environment, or from a file', () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'from-a-file\n');
    expect(read('--cluster a', { PORTOLAN_TOKEN: ' from-env ' })?.token).toBe('from-env');
    expect(read('--cluster a', { PORTOLAN_TOKEN_FILE: file })?.token).toBe('from-a-file');
    const both = read(`--cluster a --token-file ${file}`, { PORTOLAN_TOKEN: 'from-env' });
    expect(both?.token).toBe('from-a-file');
  });

  it('is not shown when it cannot be used', () => {
    const attempt = () => read('--cluster a', { PORTOLAN_TOKEN: 'se cret' });
    expect(attempt).toThrow(/characters that no token has/);
    expect(attempt).not.toThrow(/se cret/);
    expect(() => read('--cluster a --token-file /none/such')).toThrow(/ENOENT/);
  });
});
