import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openApiServer } from './kube-config.js';
import { ListingError } from './listing-error.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-live-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const TOKEN = 'a-token-that-is-secret';
const config = (cluster: object): string =>
  JSON.stringify({
    clusters: [
      { name: 'one', cluster },
      { name: 'two', cluster: { server: 'https://two.example' } },
    ],
    users: [{ name: 'me', user: { token: TOKEN } }],
    contexts: [
      { name: 'first', context: { cluster: 'one', user: 'me' } },
      { name: 'second', context: { cluster: 'two', user: 'me' } },
    ],
    'current-context': 'first',
  });

function open(text: string, context: string | null = null): string {
  const file = join(folder, 'config');
  writeFileSync(file, text);
  return openApiServer({ from: 'kubeconfig', file, context }).url;
}

describe('openApiServer', () => {
  it('takes the current context, or the one that is said', () => {
    const text = config({ server: 'https://one.example/k8s' });
    expect(open(text)).toBe('https://one.example/k8s');
    expect(open(text, 'second')).toBe('https://two.example');
  });

  it.each([
    [
      'a context that is not there',
      config({ server: 'https://one.example' }),
      'third',
      /no context/,
    ],
    ['no cluster', '{}', null, /names no cluster|cannot be read/],
    ['no address', config({ server: 'one' }), null, /names no cluster|cannot be read/],
    ['no encryption', config({ server: 'http://one.example' }), null, /not encrypted/],
    ['no YAML', `{ token: ${TOKEN}`, null, /cannot be read: it is not YAML/],
  ])('refuses %s', (_, text, context, message) => {
    const attempt = (): string => open(text, context);
    expect(attempt).toThrow(ListingError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow(TOKEN);
  });

  it('takes a server without encryption when the kubeconfig says that it is meant', () => {
    const cluster = { server: 'http://one.example', 'insecure-skip-tls-verify': true };
    expect(open(config(cluster))).toBe('http://one.example');
  });

  it('finds the cluster whose pod this runs in', () => {
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '2001:db8::1');
    vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
    expect(openApiServer({ from: 'pod' }).url).toBe('https://[2001:db8::1]:443');
    vi.unstubAllEnvs();
    expect(() => openApiServer({ from: 'pod' })).toThrow(/in no pod/);
  });

  it('names a file that is not there', () => {
    const file = join(folder, 'missing');
    expect(() => openApiServer({ from: 'kubeconfig', file, context: null })).toThrow(
      /missing.*ENOENT/,
    );
  });
});
