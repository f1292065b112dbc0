import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POLICY, TryFolder, WORKLOADS } from '../../terminal.test-support.js';

const schemaFile = new URL('../../../../../docs/findings.schema.json', import.meta.url);
const validate = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
);

/** Selects nothing: NP201. */
const STRAY = POLICY.replace('podSelector: {}', 'podSelector: { matchLabels: { app: dbx } }');
const CHECK = ['check', 'deploy', '--complete', '--rule', 'NP201=HIGH'];

let folder: TryFolder;
beforeEach(() => {
  folder = new TryFolder().write({ 'deploy/workloads.yaml': WORKLOADS, 'deploy/db.yaml': STRAY });
});
afterEach(() => folder.remove());

describe('portolan check', () => {
  it('fails on what is grave, and says where it is', async () => {
    const { code, out } = await folder.run(CHECK);
    expect(code).toBe(1);
    expect(out).toMatch(
      /NP201 policy-selects-nothing: NetworkPolicy data\/db .*deploy\/db\.yaml:7/,
    );
  });

  it.each([
    [['check', 'deploy']],
    [[...CHECK, '--fail-on', 'none']],
    [[...CHECK, '--fail-on', 'critical']],
    [['check', 'deploy', '--complete', '--rule', 'NP201=off']],
  ])('%j does not fail on NP201', async (args) => {
    const { out } = await folder.run([...args, '-o', 'json']);
    const { findings } = JSON.parse(out) as { findings: { rule: string; severity: string }[] };
    const failing = findings.filter(({ rule }) => rule === 'NP201');
    for (const { severity } of failing) if (args.length === 2) expect(severity).toBe('INFO');
    expect((await folder.run([...args, '--rule', 'NP201=off'])).code).toBe(
      (await folder.run(args)).code,
    );
  });

  it('writes JSON that keeps to its schema, and every other format', async () => {
    const { out } = await folder.run([...CHECK, '-o', 'json']);
    expect(validate(JSON.parse(out)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...JSON.parse(out), more: 1 })).toBe(false);
    const sarif = JSON.parse((await folder.run([...CHECK, '-o', 'sarif'])).out).runs[0];
    const results = sarif.results as { ruleId: string; ruleIndex: number }[];
    const result = results.find(({ ruleId }) => ruleId === 'NP201')!;
    expect(sarif.tool.driver.rules[result.ruleIndex]).toMatchObject({
      id: 'NP201',
      helpUri: expect.stringMatching(/docs\/findings\/NP201\.md$/),
    });
    expect((await folder.run([...CHECK, '-o', 'junit'])).out).toMatch(/<failure .*NP201/);
    expect((await folder.run([...CHECK, '-o', 'gitlab'])).out).toContain('portolan/NP201');
    expect((await folder.run([...CHECK, '-o', 'md'])).out).toMatch(/\*\*HIGH\*\* \| NP201/);
  });

  it('takes what a baseline knows for no failure, also after the file was renamed', async () => {
    expect((await folder.run([...CHECK, '--write-baseline', 'known.json'])).code).toBe(0);
    folder.write({ 'deploy/a.yaml': STRAY, 'deploy/db.yaml': '' });
    const { code, out } = await folder.run([...CHECK, '--baseline', 'known.json']);
    expect(code).toBe(0);
    expect(out).toContain('NP201 NetworkPolicy data/db: known: in the baseline');
    folder.write({ 'deploy/more.yaml': STRAY.replace('name: db', 'name: other') });
    expect((await folder.run([...CHECK, '--baseline', 'known.json'])).code).toBe(1);
  });

  it('accepts what an exception names, until it expires', async () => {
    const exceptions = (match: string): string => `apiVersion: portolan/v1
exceptions:
  - id: later
    match: { finding: ${match} }
    reason: Comes with the next release
    expires: 2026-03-01
`;
    folder.write({
      'e.yaml': exceptions('{ rule: NP201, object: NetworkPolicy data/db }'),
      'other.yaml': exceptions('{ rule: NP201, object: NetworkPolicy data/web }'),
      'bad.yaml': exceptions('{ rule: NP999, object: x }'),
    });
    const run = async (...more: string[]): Promise<number> =>
      (await folder.run([...CHECK, ...more])).code;
    expect(await run('--exceptions', 'other.yaml')).toBe(1);
    expect(await run('--exceptions', 'e.yaml', '--today', '2026-03-02')).toBe(1);
    expect((await folder.run([...CHECK, '--exceptions', 'bad.yaml'])).errors).toContain(
      'bad.yaml:4: exceptions[0].match.finding.rule: there is no rule NP999',
    );
    const { out } = await folder.run([...CHECK, '--exceptions', 'e.yaml']);
    expect(out).toContain('NP201 NetworkPolicy data/db: accepted: later');
  });

  it('says what has expired, of annotations and of exceptions', async () => {
    const note = 'annotations: { portolan.dev/ignore: "NP201=waits until 2026-02-28" }';
    folder.write({
      'deploy/db.yaml': STRAY.replace('  name: db\n', `  name: db\n  ${note}\n`),
      'e.yaml': `apiVersion: portolan/v1
exceptions:
  - id: later
    match: { finding: { rule: NP201, object: NetworkPolicy data/db } }
    reason: Comes with the next release
    expires: 2026-02-27
`,
    });
    const args = [...CHECK, '--exceptions', 'e.yaml'];
    const { code, out } = await folder.run(args);
    expect(code).toBe(1);
    const lines = [
      'exception later at e.yaml:3, until 2026-02-27: Comes with the next release',
      'NetworkPolicy data/db at deploy/db.yaml:5: NP201 was ignored until 2026-02-28: that day is over, and it is found again',
    ];
    expect(out).toContain(`\nExpired\n  ${lines.join('\n  ')}\n`);
    const md = (await folder.run([...args, '-o', 'md'])).out;
    expect(md).toContain('Expired');
    expect(md).toContain('NP201 was ignored until 2026');
    const json: unknown = JSON.parse((await folder.run([...args, '-o', 'json'])).out);
    expect(json).toMatchObject({
      expired: [{ object: 'NetworkPolicy data/db', place: { path: 'deploy/db.yaml' } }],
    });
    expect(validate(json), JSON.stringify(validate.errors)).toBe(true);
    const before = await folder.run([...args, '--today', '2026-02-27', '-o', 'text']);
    expect(before.code).toBe(0);
    expect(before.out).not.toContain('Expired');
  });

  it('reads settings strictly, and an option goes before them', async () => {
    folder.write({ '.portolan/config.yaml': 'rules: { NP201: off }\n' });
    const findings = async (...args: string[]): Promise<string> =>
      (await folder.run(['check', 'deploy', '--complete', '-o', 'json', ...args])).out;
    expect(await findings()).not.toContain('"rule": "NP201"');
    expect(await findings('--rule', 'NP201=low')).toContain('"rule": "NP201"');
    folder.write({ '.portolan/config.yaml': 'rules:\n  NP201: loud\n' });
    const { code, errors } = await folder.run(['check', 'deploy']);
    expect(code).toBe(2);
    expect(errors).toContain('.portolan/config.yaml:2: rules.NP201: must be one of off, critical');
  });

  it('reads from the file of settings what no manifest tells of a cluster', async () => {
    const labelled = POLICY.replace('kubernetes.io/metadata.name: shop', 'team: ops');
    folder.write({ 'deploy/db.yaml': labelled });
    expect((await folder.run(CHECK)).out).not.toContain('NP209');
    folder.write({ '.portolan/config.yaml': 'profile: { tenantsLabelNamespaces: true }\n' });
    expect((await folder.run(CHECK)).out).toContain('NP209');
    folder.write({
      '.portolan/config.yaml':
        'profile:\n  tenantsLabelNamespaces: true\n  protectedNamespaceLabels: [team]\n',
    });
    expect((await folder.run(CHECK)).out).not.toContain('NP209');
    folder.write({
      '.portolan/config.yaml':
        'profile:\n  tenantsLabelNamespaces: maybe\n  protectedNamespaceLabels: [a b]\n  more: 1\n',
    });
    const { code, errors } = await folder.run(CHECK);
    expect(code).toBe(2);
    expect(errors).toContain('.portolan/config.yaml:4: profile.more: there is no such field');
  });

  it('lists the rules', async () => {
    expect((await folder.run(['check', '--list-rules'])).out).toMatch(/^NP201 {2}policy-selects/m);
    const { out } = await folder.run(['check', '--list-rules', '-o', 'json']);
    expect(JSON.parse(out)).toContainEqual(expect.objectContaining({ id: 'NP201' }));
  });

  it.each([
    [['check'], 'say what is to be read'],
    [['check', 'deploy', '--rule', 'NP000=off'], 'there is no rule NP000'],
    [['check', 'deploy', '--rule', 'NP201=loud'], 'must be NP201= and one of off'],
    [['check', 'deploy', '--fail-on', 'loud'], 'there are CRITICAL, HIGH'],
    [['check', 'deploy', '--baseline', 'none.json'], 'none.json: there is no such file'],
    [['check', 'deploy', '--baseline', join('deploy', 'db.yaml')], 'db.yaml: '],
  ])('%j ends with 2', async (args, message) => {
    const { code, errors } = await folder.run(args);
    expect(code).toBe(2);
    expect(errors).toContain(message);
  });
});
