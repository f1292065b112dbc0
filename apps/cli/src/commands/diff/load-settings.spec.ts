import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POLICY, type Ran, TryFolder, WORKLOADS } from '../../terminal.test-support.js';

/** Two list items that mean OR: NP206. */
const STRAY = POLICY.replace('          podSelector', '        - podSelector');

let folder: TryFolder;
beforeEach(() => {
  folder = new TryFolder().write({
    'base/deploy/all.yaml': `${POLICY}---\n${WORKLOADS}`,
    'head/deploy/all.yaml': `${STRAY}---\n${WORKLOADS}`,
  });
});
afterEach(() => folder.remove());

const DIFF = [
  'diff',
  '--base',
  'base/deploy',
  '--head',
  'head/deploy',
  '--fail-on',
  'new-findings',
];

function run(...more: string[]): Promise<Ran> {
  return folder.run([...DIFF, ...more]);
}

describe('settings of rules in a diff', () => {
  it.each([
    ['.portolan/config.yaml', []],
    ['../.portolan/config.yaml', ['--config', '../.portolan/config.yaml']],
    ['rules.yaml', ['--config', 'rules.yaml']],
  ])('are those of %s in the base', async (path, args) => {
    expect((await run()).out).toContain('NP206 HIGH');
    folder.write({ [join('base/deploy', path)]: 'rules: { NP206: off }\n' });
    folder.write({ [join('head/deploy', path)]: 'rules: { NP206: off }\n' });
    const { code, out, errors } = await run(...args, '--strict');
    expect([code, errors]).toEqual([0, '']);
    expect(out).not.toMatch(/NP206|SETTINGS_PROPOSED/);
  });

  it('have no effect where only the head has them, and that is said', async () => {
    folder.write({ 'head/deploy/.portolan/config.yaml': 'rules: { NP206: off }\n' });
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out).toContain('NP206 HIGH');
    expect(out).toContain(
      'SETTINGS_PROPOSED: The change sets rules otherwise (head/deploy/.portolan/config.yaml): NP206 off instead of HIGH.',
    );
  });

  it('end with 2 where those of the base are not understood, and those of the head are told', async () => {
    folder.write({ 'head/deploy/.portolan/config.yaml': 'rules: { NP206: loud }\n' });
    const { out } = await run('-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      skipped: [
        {
          place: { path: 'head/deploy/.portolan/config.yaml', startLine: 1 },
          message: expect.stringContaining('the file of settings is not understood'),
        },
      ],
    });
    folder.write({ 'base/deploy/.portolan/config.yaml': 'rules:\n  NP206: loud\n' });
    const { code, errors } = await run();
    expect([code, errors]).toEqual([
      2,
      expect.stringContaining('config.yaml:2: rules.NP206: must'),
    ]);
  });

  it.each([
    [['--config', 'none.yaml'], 'neither base nor head has this file'],
    [['--config', '/etc/passwd'], '--config is a path inside both'],
    [['--config', '../../both.yaml'], 'base and head have the same file'],
  ])('refuses %j', async (args, message) => {
    folder.write({ 'both.yaml': 'rules: {}\n' });
    const { code, errors } = await run(...args);
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
  });

  it('are not what the base is led to in the head', async () => {
    folder.write({ 'head/deploy/.portolan/config.yaml': 'rules: { NP206: off }\n' });
    symlinkSync(
      join(folder.path, 'head/deploy/.portolan'),
      join(folder.path, 'base/deploy/.portolan'),
    );
    expect((await run()).code).toBe(2);
  });
});
