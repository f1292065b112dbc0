import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeHttpServer, json } from '../../../../../test/support/fake-http-server.js';
import { POLICY, type Ran, TryFolder, WORKLOADS } from '../../terminal.test-support.js';

/** Two policies that select nothing. */
const STRAY = POLICY.replace('podSelector: {}', 'podSelector: { matchLabels: { app: dbx } }');
const TWO = `${STRAY}---\n${STRAY.replace('name: db', 'name: other')}`;
const HERE = ['check', 'deploy', '--complete'];
const THERE = ['check', 'cluster:prod'];
const FOUND = json(200, { data: { snapshot: { id: 's1' } } });

let folder: TryFolder;
let server: FakeHttpServer;
beforeEach(async () => {
  server = await FakeHttpServer.start();
  folder = new TryFolder().write({ 'deploy/all.yaml': `${WORKLOADS}---\n${TWO}` });
});
afterEach(async () => {
  folder.remove();
  await server.close();
});

function run(args: readonly string[]): Promise<Ran> {
  return folder.run(args, { server: server.url });
}

type Report = Record<string, unknown>;
async function report(...args: string[]): Promise<Report> {
  return JSON.parse((await folder.run([...HERE, '-o', 'json', ...args])).out) as Report;
}
function serve(document: unknown, headers: Readonly<Record<string, string>> = {}): void {
  server.reply(FOUND, json(200, document, headers));
}

describe('portolan check --server', () => {
  it('asks what the options say, those of the file of settings included', async () => {
    folder.write({ '.portolan/config.yaml': 'rules: { NP201: low, NP306: off }\n' });
    serve(await report('--fail-on', 'medium', '--min-severity', 'LOW', '--rule', 'NP201=HIGH'));
    const { code, errors } = await run([
      ...THERE,
      ...['--fail-on', 'medium', '--min-severity', 'low', '--rule', 'NP201=HIGH'],
      ...['--today', '2026-03-02'],
    ]);
    expect([code, errors]).toEqual([1, '']);
    expect(server.asked[1]?.path).toBe(
      '/v1/snapshots/s1/findings?format=json&failOn=MEDIUM&minSeverity=LOW&today=2026-03-02&rule=NP201%3DHIGH&rule=NP306%3Doff',
    );
  });

  it('writes every format, and ends, as here', async () => {
    for (const format of ['text', 'json', 'sarif', 'junit', 'gitlab', 'md'])
      for (const failOn of ['HIGH', 'none']) {
        serve(await report('--fail-on', failOn));
        const more = ['-o', format, '--fail-on', failOn];
        expect(await run([...THERE, ...more])).toEqual(await folder.run([...HERE, ...more]));
      }
  });

  it('applies exceptions and a baseline here, as it does to a folder', async () => {
    folder.write({
      'e.yaml': `apiVersion: portolan/v1
exceptions:
  - id: later
    match: { finding: { rule: NP201, object: NetworkPolicy data/other } }
    reason: Later
    expires: 2027-01-31
`,
    });
    await folder.run([...HERE, '--write-baseline', 'known.json', '--rule', 'NP102=off']);
    const sets = [
      ['--exceptions', 'e.yaml'],
      ['--baseline', 'known.json'],
      ['--exceptions', 'e.yaml', '--baseline', 'known.json', '--min-severity', 'MEDIUM'],
      ['--exceptions', 'e.yaml', '--today', '2027-02-01'],
    ];
    for (const more of sets)
      for (const format of ['json', 'text']) {
        serve(await report());
        const args = [...more, '-o', format];
        expect(await run([...THERE, ...args])).toEqual(await folder.run([...HERE, ...args]));
      }
  });

  it('writes a baseline that knows what was found', async () => {
    serve(await report());
    expect((await run([...THERE, '--write-baseline', 'there.json'])).code).toBe(0);
    expect((await folder.run([...HERE, '--baseline', 'there.json'])).code).toBe(0);
  });

  it.each([['--baseline'], ['--exceptions'], ['--write-baseline']])(
    'refuses %s where the server does not name all objects',
    async (option) => {
      const many = Array.from({ length: 22 }, (_, i) => STRAY.replace('name: db', `name: p${i}`));
      folder.write({
        'deploy/all.yaml': `${WORKLOADS}---\n${many.join('---\n')}`,
        given: '{ "format": "portolan.baseline/v1", "fingerprints": [] }',
      });
      if (option === '--exceptions')
        folder.write({ given: 'apiVersion: portolan/v1\nexceptions: []\n' });
      const all = await report();
      const [first] = all.findings as Report[];
      const other = { object: 'x', fingerprint: 'a'.repeat(64), place: null };
      serve({
        ...all,
        findings: [{ ...first, occurrences: 22, others: Array.from({ length: 20 }, () => other) }],
      });
      const { code, out, errors } = await run([...THERE, option, 'given']);
      expect([code, out]).toEqual([2, '']);
      expect(errors).toContain(`${option}: a finding has 20 further objects or more`);
    },
  );

  it.each([
    ['against its own counts', { verdict: 'PASSED' }, {}, 'says PASSED against its own counts'],
    ['of another question', { failOn: 'CRITICAL' }, {}, 'other severities than were asked for'],
    ['against its header', {}, { 'portolan-exit-code': '0' }, 'ends with 0, and says FAILED'],
    ['that is none', { format: 'x' }, {}, 'not understood: format must be one of'],
    ['with more in it', { more: 1 }, {}, 'has a field "more" that is not known'],
  ])('decides nothing of a report %s', async (_, fields, headers, message) => {
    serve({ ...(await report()), ...fields }, headers);
    const { code, out, errors } = await run(THERE);
    expect([code, out, errors]).toEqual([2, '', expect.stringContaining(message)]);
  });

  it('decides nothing when the server refuses', async () => {
    server.reply(FOUND, json(401, { code: 'UNAUTHENTICATED', detail: 'Send a token.' }));
    const { code, errors } = await run(THERE);
    expect([code, errors]).toEqual([2, expect.stringContaining('401, UNAUTHENTICATED')]);
  });

  it('asks again what may pass', async () => {
    const later = json(503, { code: 'QUEUE_FULL' }, { 'retry-after': '0' });
    server.reply(FOUND, later, later, json(200, await report()));
    expect((await run(THERE)).code).toBe(1);
  });

  it.each([
    [[...THERE, '--complete'], '--complete is about input that is read here'],
    [[...THERE, '--strict'], '--strict is about input that is read here'],
    [[...THERE, 'more'], 'one argument too many'],
    [['check', 'deploy', '--server', 'http://localhost:1'], 'with --server it is cluster:SLUG'],
  ])('%j ends with 2', async (args, message) => {
    const { code, errors } = await run(args);
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
    expect(server.asked).toEqual([]);
  });
});
