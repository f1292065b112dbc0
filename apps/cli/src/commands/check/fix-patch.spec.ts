import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POLICY, TryFolder, WORKLOADS } from '../../terminal.test-support.js';

const SPLIT = `# The database.
${POLICY.replace('  policyTypes: [Ingress]\n', '').replace('      ports: [{ port: 5432 }]', '    # and\n    - ports: [{ port: 5432 }] # postgres')}`;
const MENDED = SPLIT.replace(
  '    - ports: [{ port: 5432 }]',
  '      ports: [{ port: 5432, protocol: TCP }]',
).replace('# postgres\n', '# postgres\n  policyTypes:\n    - Ingress\n');
const CHECK = ['check', '.', '--complete'];

let folder: TryFolder;
beforeEach(() => {
  folder = new TryFolder().write({ 'deploy/workloads.yaml': WORKLOADS, 'deploy/db.yaml': SPLIT });
  git('init', '--quiet');
});
afterEach(() => folder.remove());

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: folder.path, encoding: 'utf8', stdio: 'pipe' });
}
const content = (path: string): string => readFileSync(join(folder.path, path), 'utf8');

describe('portolan check --fix-patch', () => {
  it('writes what git applies, with the exit code that it had', async () => {
    const plain = await folder.run(CHECK);
    const { code, out, errors } = await folder.run([...CHECK, '--fix-patch', 'fixes.patch']);
    expect([code, out]).toEqual([1, plain.out]);
    expect(errors).toBe('fixes.patch: 3 of 3 mechanical fixes, in 1 file\n');
    git('apply', '--check', 'fixes.patch');
    git('apply', 'fixes.patch');
    expect(content('deploy/db.yaml')).toBe(MENDED);
    const again = await folder.run([...CHECK, '--fix-patch', 'fixes.patch']);
    expect(again.errors).toBe('fixes.patch: no open finding has a mechanical fix\n');
    expect(content('fixes.patch')).toBe('');
  });

  it('has paths from the working directory, also inside a repository', async () => {
    const workingDirectory = join(folder.path, 'deploy');
    const { out } = await folder.run(['check', 'db.yaml', '--fix-patch', '-'], {
      workingDirectory,
    });
    expect(out).toContain('--- a/db.yaml\n');
    folder.write({ 'out.patch': out });
    execFileSync('git', ['apply', '../out.patch'], { cwd: workingDirectory, stdio: 'pipe' });
    expect(content('deploy/db.yaml')).toContain('policyTypes');
  });

  it('patches what comes by standard input, and files of an archive', async () => {
    const input = WORKLOADS + SPLIT.replace('# The database.', '---');
    const stdin = await folder.run(['check', '-', '--fix-patch', '-'], { input });
    expect(stdin.out).toContain('--- a/stdin\n');
    const archive = pack();
    archive.entry({ name: 'deploy/db.yaml' }, SPLIT);
    archive.entry({ name: 'twice/db.yaml' }, SPLIT.replace('name: db', 'name: one'));
    archive.entry({ name: 'twice/db.yaml' }, SPLIT.replace('name: db', 'name: two'));
    archive.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of archive) chunks.push(chunk as Buffer);
    folder.write({ 'deploy.tgz': gzipSync(Buffer.concat(chunks)) });
    const { out, errors } = await folder.run(['check', 'deploy.tgz', '--fix-patch', '-']);
    expect(out).toContain('--- a/deploy/db.yaml\n');
    expect(out).not.toContain('twice');
    expect(errors).toMatch(
      /^twice\/db\.yaml:\d+: NP\d+ .* is not patched: there are several files/m,
    );
  });

  it('takes fixes of some rules alone', async () => {
    const { out, code } = await folder.run([...CHECK, '--fix-patch', '-', '--fix-rules', 'NP106']);
    expect(code).toBe(1);
    expect(out).toContain('policyTypes');
    expect(out).not.toContain('NP110');
  });

  it('says what is left out, where and why', async () => {
    folder.write({ 'deploy/db.yaml': SPLIT.replace('spec:', 'spec: &spec') });
    const { code, errors } = await folder.run([...CHECK, '--fix-patch', 'fixes.patch']);
    expect(code).toBe(1);
    expect(errors).toContain(
      'NP106 NetworkPolicy data/db spec is not patched: has the anchor &spec: what refers to it would change as well',
    );
    expect(errors).toContain('deploy/db.yaml:');
    expect(errors).toContain('fixes.patch: 0 of 3 mechanical fixes, in 0 files');
  });

  it('writes reports beside it', async () => {
    const { out } = await folder.run([
      ...CHECK,
      '-o',
      'json',
      '--output-file',
      'r.json',
      '--fix-patch',
      '-',
    ]);
    expect(out).toMatch(/^# NP/);
    expect(JSON.parse(content('r.json'))).toHaveProperty('findings');
  });

  it.each([
    [
      ['--fix-patch', '-', '-o', 'json'],
      'only one of json and the patch can go to standard output',
    ],
    [['--fix-rules', 'NP106'], '--fix-rules is of --fix-patch'],
    [['--fix-patch', 'x', '--fix-rules', 'NP000'], 'there is no rule NP000'],
    [['--fix-patch', 'x', '--fix-rules', 'NP106,NP201'], 'NP201 has no mechanical fix'],
    [['--fix-patch', 'none/x'], 'none/x cannot be written'],
  ])('%j ends with 2', async (args, message) => {
    const { code, errors } = await folder.run([...CHECK, ...args]);
    expect(code).toBe(2);
    expect(errors).toContain(message);
  });
});
