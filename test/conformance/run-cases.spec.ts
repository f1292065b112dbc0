import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConformanceCase, readCases } from './conformance-case.js';
import { type AskService, describeReport, runCases } from './run-cases.js';

const plain: ConformanceCase = {
  id: 'plain',
  origin: 'made here',
  resources: [{ kind: 'Pod' }],
  probes: [
    probe({ pod: 'a', namespace: 'x' }, { ip: '192.0.2.1' }, true),
    probe({ ip: '192.0.2.1' }, { pod: 'a', namespace: 'x' }, false),
  ],
};
const later: ConformanceCase = {
  ...plain,
  id: 'later',
  resources: [{ kind: 'CiliumNetworkPolicy' }],
};
const says =
  (...verdicts: string[]): AskService =>
  () =>
    Promise.resolve(verdicts);

describe('runCases', () => {
  it('counts probes, and leaves out kinds that are not evaluated', async () => {
    const report = await run([plain, later], says('ALLOWED', 'DENIED'));
    expect(report).toEqual({ casesRun: 1, casesLeftOut: 1, passed: 2, failed: 0, lines: [] });
  });

  it('runs every kind when told to', async () => {
    const report = await run([plain, later], says('ALLOWED', 'DENIED'), { all: true });
    expect(report).toMatchObject({ casesRun: 2, casesLeftOut: 0, passed: 4 });
  });

  it('runs one case alone', async () => {
    const report = await run([plain, { ...plain, id: 'other' }], says('ALLOWED', 'DENIED'), {
      only: 'other',
    });
    expect(report).toMatchObject({ casesRun: 1, passed: 2 });
  });

  it('prints each wrong probe', async () => {
    const { failed, lines } = await run([plain], says('ALLOWED', 'PARTIAL'));
    expect(failed).toBe(1);
    expect(lines).toEqual([
      'WRONG plain: 192.0.2.1 → x/a TCP 80 is PARTIAL, should be DENIED (made here)',
    ]);
  });

  it('takes a missing answer for a wrong one', async () => {
    expect(await run([plain], says('ALLOWED'))).toMatchObject({ passed: 1, failed: 1 });
  });
});

describe('describeReport', () => {
  it('says what was left out', () => {
    const text = describeReport({ casesRun: 2, casesLeftOut: 1, passed: 3, failed: 4 });
    expect(text).toContain('2 cases run; 1 left out');
    expect(text).toContain('3 probes passed, 4 failed');
  });
});

describe('readCases', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-cases-'));
  const file = join(folder, 'cases.json');
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('names the file and the field that is not of the format', async () => {
    writeFileSync(file, JSON.stringify([{ ...plain, probes: [{ from: {}, port: 0 }] }]));
    await expect(readCases([file])).rejects.toThrow(/cases\.json: [^]*probes/);
  });
});

async function run(
  cases: readonly ConformanceCase[],
  ask: AskService,
  options: { all?: boolean; only?: string } = {},
): Promise<Awaited<ReturnType<typeof runCases>> & { lines: string[] }> {
  const lines: string[] = [];
  const wanted = { all: options.all ?? false, only: options.only ?? null };
  return { ...(await runCases(cases, wanted, ask, (line) => lines.push(line))), lines };
}

function probe(
  from: ConformanceCase['probes'][number]['from'],
  to: ConformanceCase['probes'][number]['to'],
  allowed: boolean,
): ConformanceCase['probes'][number] {
  return { from, to, allowed, port: 80, protocol: 'TCP' };
}
