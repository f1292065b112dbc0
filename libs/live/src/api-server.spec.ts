import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiAnswer } from './api-server.js';
import { FakeApiServer } from './fake-api-server.test-support.js';
import { openApiServer } from './kube-config.js';
import { ListingError } from './listing-error.js';

const LIMITS = { requestMs: 5_000, maxAnswerBytes: 1_000_000 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-live-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function get(kubeconfig: string): Promise<ApiAnswer> {
  const file = join(folder, 'config');
  writeFileSync(file, kubeconfig);
  const server = openApiServer({ from: 'kubeconfig', file, context: null });
  return server.get('/apis', 'application/json', LIMITS, new AbortController().signal);
}

/** A certificate that nobody signed but itself; null where there is no openssl. */
function selfSigned(): { key: string; cert: string } | null {
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  const args = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=fake
    -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${cert}`;
  try {
    execFileSync('openssl', args.split(/\s+/), { stdio: 'ignore' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } catch {
    return null;
  }
}

describe('an encrypted API server', () => {
  it('is asked when the kubeconfig trusts its certificate, and not otherwise', async (context) => {
    const secure = selfSigned();
    if (secure === null) return context.skip();
    const api = await FakeApiServer.start(secure);
    try {
      expect((await get(api.kubeconfig)).status).toBe(200);
      const other = await FakeApiServer.start(selfSigned());
      const untrusted = get(other.kubeconfig.replace(other.url, api.url));
      await expect(untrusted).rejects.toBeInstanceOf(ListingError);
      await expect(untrusted).rejects.toThrow(/cannot prove who it is/);
      await other.close();
    } finally {
      await api.close();
    }
  });
});

describe('credentials', () => {
  it('of a program are taken from it', async () => {
    const api = await FakeApiServer.start();
    const { users, ...rest } = JSON.parse(api.kubeconfig) as {
      users: [{ user: { token: string } }];
    };
    const status = { token: users[0].user.token };
    const script = `console.log(${JSON.stringify(JSON.stringify({ status }))})`;
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath };
    const user = { exec: { ...exec, args: ['-e', script] } };
    const config = JSON.stringify({ ...rest, users: [{ name: 'fake', user }] });
    expect((await get(config)).status).toBe(200);
    await api.close();
  });

  it('of a program that fails are none, and what it wrote is not shown', async () => {
    const api = await FakeApiServer.start();
    const config = JSON.parse(api.kubeconfig) as object;
    const args = ['-e', 'console.error("SECRET"); process.exit(1)'];
    const user = { exec: { command: process.execPath, args } };
    const asking = get(JSON.stringify({ ...config, users: [{ name: 'fake', user }] }));
    await expect(asking).rejects.toThrow(/no credentials/);
    await expect(asking).rejects.not.toThrow('SECRET');
    await api.close();
  });
});
