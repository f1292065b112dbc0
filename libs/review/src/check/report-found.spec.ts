import { describe, expect, it } from 'vitest';
import { type Analysed, analyseFiles } from '../../../../test/support/analyse.js';
import { checkedState } from './checked-state.js';
import { checkSnapshot } from './check-snapshot.js';
import { findInState } from './find-in-state.js';
import type { OmittedFindings } from './findings-report.js';
import type { RuleSetting } from './read-config.js';
import { reportFound } from './report-found.js';

/** Three policies that select nothing (NP201), one of them silenced. */
const TEXT = ['one', 'two', 'three']
  .map(
    (name) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop${name === 'three' ? ', annotations: { portolan.dev/ignore: "NP201=later" }' : ''} }
spec: { podSelector: { matchLabels: { app: cart } }, policyTypes: [Ingress] }
`,
  )
  .concat(
    `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: main }] }
`,
  )
  .join('---\n');

const TERMS = {
  isComplete: true,
  failOn: 'HIGH',
  minSeverity: 'INFO',
  maxOthers: 20,
} as const;

const found = (analysed: Analysed) =>
  findInState(checkedState({ name: 'x', ...analysed }), {
    ...TERMS,
    today: '2026-03-01',
    settings: new Map(),
    profile: null,
    base: null,
  });

async function report(
  settings: ReadonlyMap<string, RuleSetting>,
  more: Partial<Parameters<typeof reportFound>[0]> = {},
) {
  const analysed = await analyseFiles([{ path: 'all.yaml', text: TEXT }]);
  return reportFound({
    ...TERMS,
    view: analysed.analysis.view,
    sources: analysed.sources,
    findings: found(analysed),
    omitted: [],
    settings,
    input: { name: 'x', digest: analysed.content.digest },
    completeness: 'COMPLETE',
    caveats: [],
    today: '2026-03-01',
    ...more,
  });
}

describe('a report of findings that were found before', () => {
  const settings: [string, ReadonlyMap<string, RuleSetting>][] = [
    ['no settings', new Map()],
    ['a rule that is off', new Map([['NP201', 'off']])],
    [
      'rules of other severities',
      new Map([
        ['NP201', 'LOW'],
        ['NP503', 'CRITICAL'],
      ]),
    ],
  ];
  it.each(settings)('is that of checkSnapshot under %s', async (_, given) => {
    const analysed = await analyseFiles([{ path: 'all.yaml', text: TEXT }]);
    const expected = checkSnapshot({
      ...TERMS,
      state: { name: 'x', ...analysed },
      settings: given,
      profile: {},
      exceptions: [],
      baseline: new Set(),
      today: '2026-03-01',
    });
    expect(await report(given)).toEqual({ ...expected, caveats: [] });
  });

  it('names no more objects than it may, and counts all', async () => {
    const { findings } = await report(new Map(), { maxOthers: 0 });
    const row = findings.find(({ rule, status }) => rule === 'NP201' && status === 'OPEN');
    expect(row).toMatchObject({ others: [], occurrences: 2 });
  });

  const omitted: OmittedFindings[] = [
    { rule: 'NP306', severity: 'INFO', isSuppressed: false, count: 4 },
    { rule: 'NP306', severity: 'INFO', isSuppressed: true, count: 2 },
  ];
  const alone = { findings: [], omitted } as const;

  it('counts those that are not kept, and says so', async () => {
    const all = await report(new Map(), alone);
    expect(all).toMatchObject({ verdict: 'PASSED', counts: { INFO: 4 }, unlisted: 0 });
    expect(all.caveats).toMatchObject([
      { code: 'RESULT_TRUNCATED', message: expect.stringContaining(' 6 ') },
    ]);
    const grave = await report(new Map(), { ...alone, minSeverity: 'LOW' });
    expect(grave).toMatchObject({ counts: { INFO: 4 }, unlisted: 6, caveats: [] });
  });

  it('fails by those that are not kept, under settings too', async () => {
    expect((await report(new Map(), { ...alone, failOn: 'INFO' })).verdict).toBe('FAILED');
    expect((await report(new Map([['NP306', 'CRITICAL']]), alone)).verdict).toBe('FAILED');
    const off = await report(new Map([['NP306', 'off']]), { ...alone, failOn: 'INFO' });
    expect(off).toMatchObject({ verdict: 'PASSED', caveats: [] });
    const silent = { findings: [], omitted: omitted.slice(1), failOn: 'INFO' } as const;
    expect((await report(new Map(), silent)).verdict).toBe('PASSED');
  });
});
