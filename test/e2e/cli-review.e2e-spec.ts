import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TryFolder } from '../../apps/cli/src/terminal.test-support.js';
import { QueryServer } from './query-server.js';

const policy = (second: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: data }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector: { matchLabels: { app: web } }
    ${second}
`;
const PORTS = '  ports: [{ port: 5432, protocol: TCP }]';
const STRAY_DASH = '- ports: [{ port: 5432, protocol: TCP }]';
const WORKLOADS = ['db', 'web', 'other']
  .map(
    (name) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: data, labels: { app: ${name} } }
spec: { containers: [{ name: main }] }
`,
  )
  .join('---\n');
const EXCEPTIONS = `apiVersion: portolan/v1
exceptions:
  - id: open-db
    match: { access: { from: { internet: true }, to: { workload: { namespace: data, name: db } } } }
    reason: A test
    expires: 2027-01-31
`;
const DIFF = ['diff', '--base', 'base', '--head', 'head', '--overlay', 'cluster:cli'];

let server: QueryServer;
let folder: TryFolder;
beforeAll(async () => {
  server = await QueryServer.start();
  await server.upload('cli', 'cluster.yaml', `${WORKLOADS}---\n${policy(PORTS)}`);
  folder = new TryFolder().write({
    'base/db.yaml': policy(PORTS),
    'same/db.yaml': policy(PORTS),
    'head/db.yaml': policy(STRAY_DASH),
    'cluster.yaml': `${WORKLOADS}---\n${policy(PORTS)}`,
  });
});
afterAll(async () => {
  folder.remove();
  await server.close();
});

describe('portolan diff against a real server', () => {
  it('catches a stray dash at its line, over the state that the server has', async () => {
    const { code, out, errors } = await folder.run([...DIFF, '-o', 'json'], { server: server.url });
    expect([errors, code]).toEqual(['', 1]);
    const { verdict, gates, newFindings } = JSON.parse(out);
    expect(verdict).toBe('FAILED');
    expect(gates[0]).toMatchObject({
      gate: 'new-internet-ingress',
      status: 'FAILED',
      violations: [{ place: { path: 'head/db.yaml', startLine: 10 } }],
    });
    expect(newFindings[0]).toMatchObject({ rule: 'NP110', severity: 'HIGH' });
  });

  it('writes twice the same, and rows as without a server', async () => {
    const over = { server: server.url };
    const first = await folder.run([...DIFF, '-o', 'csv'], over);
    expect(await folder.run([...DIFF, '-o', 'csv'], over)).toEqual(first);
    const offline = DIFF.map((word) => (word === 'cluster:cli' ? 'cluster.yaml' : word));
    expect((await folder.run([...offline, '-o', 'csv'])).out).toBe(first.out);
  });

  it('takes what the cluster has for the base where none is given, and holds for no change', async () => {
    const args = ['diff', '--head', 'same', '--overlay', 'cluster:cli'];
    const { code, out } = await folder.run(args, { server: server.url });
    expect(code).toBe(0);
    expect(out).toContain('Passed.');
  });

  it('warns only where it is asked to', async () => {
    const args = [...DIFF, '--fail-on', 'none', '--warn-on', 'new-internet-ingress', '-o', 'json'];
    const { code, out } = await folder.run(args, { server: server.url });
    expect([code, JSON.parse(out).verdict]).toEqual([0, 'WARNED']);
  });

  it('takes exceptions of the base, and none that the change brings', async () => {
    const args = [...DIFF, '--exceptions', 'e.yaml', '--today', '2026-03-01'];
    folder.write({ 'head/e.yaml': EXCEPTIONS });
    expect((await folder.run(args, { server: server.url })).code).toBe(1);
    folder.write({ 'base/e.yaml': EXCEPTIONS });
    expect((await folder.run(args, { server: server.url })).code).toBe(0);
  });

  it('takes settings of the base, and none that the change brings', async () => {
    const args = [...DIFF, '--fail-on', 'new-findings', '-o', 'json'];
    const run = async (): Promise<[number, string[], string[]]> => {
      const { code, out, errors } = await folder.run(args, { server: server.url });
      if (code === 2) return [code, [errors], []];
      const { newFindings, caveats } = JSON.parse(out) as Record<string, Record<string, string>[]>;
      const found = (newFindings ?? []).map(({ rule, severity }) => `${rule!} ${severity!}`);
      return [code, found, (caveats ?? []).map(({ code: caveat }) => caveat!)];
    };
    const [failed, before] = await run();
    expect([failed, before]).toEqual([1, expect.arrayContaining(['NP110 HIGH'])]);
    folder.write({ 'head/.portolan/config.yaml': 'rules: { NP110: off }\n' });
    const [proposed, same, caveats] = await run();
    expect([proposed, same]).toEqual([1, before]);
    expect(caveats).toContain('SETTINGS_PROPOSED');
    folder.write({ 'base/.portolan/config.yaml': 'rules: { NP110: low }\n' });
    const [, lower] = await run();
    expect(lower).toContain('NP110 LOW');
    folder.write({ 'base/.portolan/config.yaml': 'rules: { NP110: loud }\n' });
    const [refused, errors] = await run();
    expect([refused, errors[0]]).toEqual([2, expect.stringContaining('Settings of the base')]);
    folder.write({ 'base/.portolan/config.yaml': '', 'head/.portolan/config.yaml': '' });
  });

  it('ends with 2 where nothing could be decided', async () => {
    const unknown = await folder.run(['diff', '--head', 'head', '--overlay', 'cluster:no-such'], {
      server: server.url,
    });
    expect(unknown.code).toBe(2);
    expect(unknown.errors).toContain('no-such');
  });
});
