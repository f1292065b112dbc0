import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPEN, POLICY, STRAY_DASH, TryFolder, WORKLOADS } from './terminal.test-support.js';

let folder: TryFolder;
beforeEach(() => {
  folder = new TryFolder().write({
    'base/workloads.yaml': WORKLOADS,
    'base/policies/db.yaml': POLICY,
    'head/workloads.yaml': WORKLOADS,
    'head/policies/db.yaml': POLICY,
  });
});
afterEach(() => folder.remove());

const DIFF = ['diff', '--base', 'base', '--head', 'head'];

describe('portolan', () => {
  it.each([
    [['--help']],
    [['diff', '--help']],
    [['list', '-h']],
    [['help', 'query']],
    [['completion', '--help']],
  ])('%j shows help', async (args) => {
    const { code, out } = await folder.run(args);
    expect(code).toBe(0);
    expect(out).toMatch(/Usage:\n {2}portolan/);
  });

  it('shows its version', async () => {
    expect((await folder.run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [[], 'say which command'],
    [['diffs'], 'there is no command diffs'],
    [['diff', '--base', 'base'], '--head is required'],
    [[...DIFF, '--nope'], "Unknown option '--nope'"],
    [[...DIFF, '--base', 'base'], '--base may be given once'],
    [
      [...DIFF, '--fail-on', 'broken-invariant'],
      'there are new-internet-ingress, new-internet-egress',
    ],
    [[...DIFF, '-o', 'pdf'], 'there are md, json, sarif'],
    [[...DIFF, '-o', 'md', '-o', 'json'], 'only one of md, json can go to standard output'],
    [[...DIFF, '--max-length', '10'], 'must be a number from'],
    [[...DIFF, '--today', '2026-02-30'], 'must be a day'],
    [[...DIFF, '--prune-namespace', 'shop'], '--overlay'],
    [['diff', '--base', '-', '--head', '-'], 'only one input can be standard input'],
    [['diff', '--base', 'snapshot:1', '--head', 'head'], 'no server is asked'],
    [[...DIFF, '--server', 'http://localhost'], '--cluster is required'],
    [['query', 'base', 'who-can-reach'], 'needs an end'],
    [['query', 'base', 'who-can-reach', 'shop/webb'], 'Did you mean shop/web?'],
    [['query', 'base', 'who-can-reach', '10.0.0.0/33'], 'is no network'],
    [['list', 'nowhere'], 'nowhere: there is no such file or folder'],
    [['list', 'no\u001bwhere'], 'no where: there is no such file or folder'],
    [['completion', 'csh'], 'bash, zsh, fish'],
  ])('%j ends with 2 and says why', async (args, message) => {
    const { code, out, errors } = await folder.run(args);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toContain(message);
  });
});

describe('portolan diff', () => {
  it('ends with 0 when nothing changed', async () => {
    const { code, out, errors } = await folder.run(DIFF);
    expect([code, errors]).toEqual([0, '']);
    expect(out).toMatch(/^Passed\. The same traffic is allowed\.\n/);
  });

  it('catches a stray dash, at its line', async () => {
    folder.write({ 'head/policies/db.yaml': STRAY_DASH });
    expect((await folder.run(DIFF)).code).toBe(0);
    const { code, out } = await folder.run([
      ...DIFF,
      '--fail-on',
      'new-cross-namespace-access',
      '-o',
      'gitlab',
    ]);
    expect(code).toBe(1);
    const [opened, finding] = JSON.parse(out);
    expect(opened).toMatchObject({
      check_name: 'portolan/new-cross-namespace-access',
      location: { path: 'head/policies/db.yaml', lines: { begin: 11 } },
    });
    expect(finding).toMatchObject({ location: { path: 'head/policies/db.yaml' } });
    expect(finding.description).toContain('NP206');
  });

  it('fails by default for what the internet reaches', async () => {
    folder.write({ 'head/policies/db.yaml': OPEN });
    const { code, out } = await folder.run([...DIFF, '-o', 'sarif']);
    expect(code).toBe(1);
    const [result] = JSON.parse(out).runs[0].results;
    expect([result.ruleId, result.locations[0].physicalLocation]).toEqual([
      'new-internet-ingress',
      {
        artifactLocation: { uri: 'head/policies/db.yaml', uriBaseId: 'SRCROOT' },
        region: { startLine: 13, endLine: 13 },
      },
    ]);
    expect((await folder.run([...DIFF, '--warn-on', 'new-internet-ingress'])).code).toBe(0);
    expect((await folder.run([...DIFF, '--fail-on', 'none'])).code).toBe(0);
  });

  it('writes several documents, the same bytes every time', async () => {
    folder.write({ 'head/policies/db.yaml': OPEN });
    const outputs = ['md', 'json', 'junit', 'csv'].flatMap((format) => [
      '-o',
      format,
      '--output-file',
      `r.${format}`,
    ]);
    const read = () =>
      ['md', 'json', 'junit', 'csv'].map((format) =>
        readFileSync(join(folder.path, `r.${format}`), 'utf8'),
      );
    const first = await folder.run([...DIFF, ...outputs]);
    const before = read();
    await folder.run([...DIFF, ...outputs]);
    expect([first.code, first.out]).toEqual([1, '']);
    expect(read()).toEqual(before);
    expect(before[0]).toMatch(/^<!-- portolan-review:offline:head -->\n❌/);
    expect(before.join()).not.toContain(folder.path);
  });

  it('shows the paths of the head for a base in another checkout', async () => {
    folder.write({ 'repo/deploy/w.yaml': WORKLOADS });
    const workingDirectory = join(folder.path, 'repo');
    const args = [
      'diff',
      '--base',
      '../base',
      '--head',
      'deploy',
      '-o',
      'csv',
      '--fail-on',
      'none',
    ];
    const { out } = await folder.run(args, { workingDirectory });
    expect(out).toContain('deploy/policies/db.yaml:1');
    expect(out).not.toContain('base');
  });

  it('reads standard input, archives and files', async () => {
    const archive = pack();
    archive.entry({ name: 'deploy/all.yaml' }, `${WORKLOADS}---\n${OPEN}`);
    archive.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of archive) chunks.push(chunk as Buffer);
    folder.write({
      'head.tgz': gzipSync(Buffer.concat(chunks)),
      'head.yaml': `${WORKLOADS}---\n${OPEN}`,
    });
    for (const head of ['head.tgz', 'head.yaml', '-']) {
      const args = ['diff', '--base', 'base', '--head', head, '-o', 'csv'];
      const { code, out } = await folder.run(args, { input: `${WORKLOADS}---\n${OPEN}` });
      expect([code, out.split('\r\n').length]).toEqual([1, 3]);
    }
  });

  it('says what it could not read, and gives up with --strict', async () => {
    folder.write({
      'head/broken.yaml': 'kind: [',
      'head/chart.yaml': 'kind: {{ .Values.kind }}\n',
    });
    const { code, out } = await folder.run(DIFF);
    expect(code).toBe(0);
    expect(out).toMatch(
      /What this could not see[^]*new SYNTAX head\/broken\.yaml:1[^]*new TEMPLATE head\/chart\.yaml:1/,
    );
    expect((await folder.run([...DIFF, '--fail-on', 'invalid-input'])).code).toBe(1);
    const strict = await folder.run([...DIFF, '--strict']);
    expect([strict.code, strict.out]).toEqual([2, '']);
    expect(strict.errors).toContain('head/broken.yaml:1');
  });

  it('follows no link, and says so', async () => {
    symlinkSync('/etc/hostname', join(folder.path, 'head/link.yaml'));
    symlinkSync('/etc', join(folder.path, 'head/folder'));
    const { out } = await folder.run(DIFF);
    expect(out).toContain('UNSAFE_PATH head/link.yaml:1');
    expect(out).toContain('UNSAFE_PATH head/folder:1');
  });

  it('has to be told that an empty input is meant', async () => {
    folder.write({ 'empty/README.md': '' });
    const args = ['diff', '--base', 'base', '--head', 'empty'];
    expect((await folder.run(args)).code).toBe(2);
    expect((await folder.run([...args, '--allow-empty', '--fail-on', 'none'])).code).toBe(0);
  });

  it('says nothing with --quiet, but what -o asks for', async () => {
    folder.write({ 'head/policies/db.yaml': OPEN });
    expect(await folder.run([...DIFF, '--quiet'])).toEqual({ code: 1, out: '', errors: '' });
    expect((await folder.run([...DIFF, '-q', '-o', 'csv'])).out).not.toBe('');
  });

  it('colours and shows progress only on terminals', async () => {
    const shown = await folder.run(DIFF, { hasColours: true, isErrorTerminal: true });
    expect(shown.out.startsWith('\u001b[32mPassed\u001b[0m')).toBe(true);
    expect(shown.errors).toContain('Reading …');
    expect((await folder.run(DIFF)).out).not.toContain('\u001b');
  });
});

describe('portolan diff --exceptions', () => {
  const file = (expires: string): string =>
    `apiVersion: portolan/v1\nexceptions:\n  - id: public\n    match: { access: { from: { cidr: 0.0.0.0/0 }, to: { namespace: data } } }\n    reason: SEC-1\n    expires: ${expires}\n`;
  const args = [...DIFF, '--exceptions', '.portolan/exceptions.yaml'];
  beforeEach(() => folder.write({ 'head/policies/db.yaml': OPEN }));

  it.each([
    ['of the base counts', { 'base/.portolan/exceptions.yaml': file('2026-03-01') }, 0],
    [
      'of the base that expired does not',
      { 'base/.portolan/exceptions.yaml': file('2026-02-28') },
      1,
    ],
    ['of the head does not', { 'head/.portolan/exceptions.yaml': file('2027-01-01') }, 1],
    ['that nobody has is a mistake', {}, 2],
    [
      'of the base that is not understood decides nothing',
      { 'base/.portolan/exceptions.yaml': 'x: 1' },
      2,
    ],
  ])('one %s', async (_, files: Record<string, string>, code) => {
    folder.write(files);
    expect((await folder.run(args)).code).toBe(code);
  });

  it('refuses one file for both sides', async () => {
    folder.write({ 'exceptions.yaml': file('2027-01-01') });
    const { code, errors } = await folder.run([...DIFF, '--exceptions', '../exceptions.yaml']);
    expect(code).toBe(2);
    expect(errors).toContain('could excuse itself');
  });

  it('takes the file of exceptions for no manifest, wherever it lies', async () => {
    folder.write({ 'base/exceptions.yaml': file('2027-01-01'), 'head/exceptions.yaml': 'x: 1' });
    const { code, out } = await folder.run([...DIFF, '--exceptions', './exceptions.yaml']);
    expect(code).toBe(0);
    expect(out).not.toContain('NOT_AN_OBJECT');
    expect(out).toContain('new INVALID_OBJECT head/exceptions.yaml:1: the file of exceptions');
  });

  it('shows those that are proposed', async () => {
    folder.write({ 'head/.portolan/exceptions.yaml': file('2027-01-01') });
    expect((await folder.run(args)).out).toContain('public: proposed – SEC-1');
  });
});

describe('portolan diff --overlay', () => {
  beforeEach(() =>
    folder.write({
      'cluster.yaml': `${WORKLOADS}---\n${POLICY}`,
      'before/db.yaml': POLICY,
      'after/note.txt': '',
    }),
  );
  const args = [
    'diff',
    '--base',
    'before',
    '--head',
    'after',
    '--overlay',
    'cluster.yaml',
    '--allow-empty',
  ];

  it('keeps what the head does not declare', async () => {
    expect((await folder.run(args)).code).toBe(0);
  });

  it.each([
    [['--prune-folder'], 1, 'newly-unprotected-workloads'],
    [['--prune-namespace', 'data'], 0, 'Closed'],
    [['--prune-label', 'team=x'], 0, 'same traffic'],
  ])('with %j ends with %d', async (prune, expected, text) => {
    const { code, out } = await folder.run([...args, ...prune]);
    expect(code).toBe(expected);
    expect(out).toContain(text);
  });

  it('compares a change of policies alone with the workloads of the cluster', async () => {
    folder.write({ 'after/db.yaml': OPEN });
    const { code, out } = await folder.run(args);
    expect(code).toBe(1);
    expect(out).toContain('0.0.0.0/0 → data/db (Deployment): TCP 5432');
    expect(out).not.toContain('SNAPSHOT_PARTIAL');
  });
});

describe('portolan diff --render', () => {
  const render = (script: string): string[] => [
    ...DIFF,
    '--render',
    `${process.execPath} -e '${script}' {dir}`,
  ];

  it('compares what a command prints for each folder', async () => {
    const script =
      'process.stdout.write(require("fs").readFileSync(process.argv[1] + "/policies/db.yaml"))';
    folder.write({ 'base/policies/db.yaml': POLICY, 'head/policies/db.yaml': OPEN });
    const { code, out } = await folder.run([...render(script), '--overlay', 'base/workloads.yaml']);
    expect(code).toBe(1);
    expect(out).toContain('head/(rendered).yaml:13');
  });

  it('cannot decide when the command fails', async () => {
    const { code, errors } = await folder.run(render('console.error("no chart"); process.exit(3)'));
    expect(code).toBe(2);
    expect(errors).toMatch(/ended with 3 for head\nno chart/);
  });
});

describe('portolan list', () => {
  it('lists what may pass', async () => {
    const { code, out } = await folder.run(['list', 'base']);
    expect(code).toBe(0);
    expect(out).toContain('shop/cart (Deployment) → data/db (Deployment): TCP 5432\n');
    expect(out).toContain('ENFORCEMENT_UNKNOWN');
  });

  it.each(['json', 'csv', 'dot'])('as %s', async (format) => {
    expect(
      (await folder.run(['list', 'base', '-o', format, '--group-by', 'namespace'])).out,
    ).toContain('shop');
  });
});

describe('portolan query', () => {
  it.each([
    [
      ['who-can-reach', 'data/db'],
      'shop/cart (Deployment) → data/db (Deployment): TCP 5432\n    NetworkPolicy data/db spec.ingress[0].from[0] (base/policies/db.yaml:11)',
    ],
    [['who-can-reach', 'data/db', '--port', '5433'], 'Nobody.'],
    [['reachable-from', 'shop/web'], 'shop/web (Deployment) → shop/cart (Deployment): All'],
    [['can-reach', 'shop/web', 'data/db', '--port', '5432'], 'DENIED from shop/web (Deployment)'],
    [['can-reach', '192.0.2.1', 'Deployment:data/db'], 'DENIED from 192.0.2.1/32'],
    [['can-reach', 'namespace:shop', 'internet'], 'ALLOWED from namespace shop'],
  ])('%j', async (args, text) => {
    const { code, out } = await folder.run(['query', 'base', ...args]);
    expect(code).toBe(0);
    expect(out).toContain(text);
  });

  it('says what was not read', async () => {
    folder.write({ 'base/chart.yaml': 'kind: {{ .Values.kind }}' });
    expect((await folder.run(['query', 'base', 'who-can-reach', 'data/db'])).out).toContain(
      'TEMPLATE_SKIPPED',
    );
  });

  it('answers in JSON', async () => {
    const { out } = await folder.run(
      ['query', '-', 'can-reach', 'shop/cart', 'data/db', '-o', 'json'],
      {
        input: `${WORKLOADS}---\n${POLICY}`,
      },
    );
    expect(JSON.parse(out)).toMatchObject({ question: 'can-reach', verdict: 'PARTIAL' });
  });
});

describe('portolan completion', () => {
  it.each(['bash', 'zsh', 'fish'])('%s knows commands, options and gates', async (shell) => {
    const { code, out } = await folder.run(['completion', shell]);
    expect(code).toBe(0);
    for (const word of ['who-can-reach', 'fail-on', 'new-internet-ingress'])
      expect(out).toContain(word);
  });
});
