import type { ReviewReport } from '@portolan/report';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../test/support/analyse.js';
import type { ReviewException } from '../exceptions/review-exception.js';
import { reviewChange } from '../review-change.js';
import type { ReviewInput } from '../review-input.js';
import { type CheckConfig, NO_CONFIG, type RuleSetting } from './read-config.js';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: main }] } } }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`;

/** A policy that selects nothing (NP201), unless it is for \`web\`. */
const policy = (name: string, app = 'wep'): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: shop }
spec: { podSelector: { matchLabels: { app: ${app} } }, policyTypes: [Ingress] }
`;

/** What the tests are about; other rules find something, too. */
const JUDGED = ['NP201', 'NP209'];

async function review(
  before: string,
  after: string,
  fields: Partial<ReviewInput> = {},
): Promise<ReviewReport> {
  const state = async (text: string, path: string) => ({
    name: path,
    ...(await analyseFiles([{ path, text: WEB + text }])),
  });
  const report = reviewChange({
    cluster: 'prod',
    path: 'deploy',
    base: await state(before, 'before.yaml'),
    head: await state(after, 'after.yaml'),
    isWholeCluster: true,
    gates: { failOn: ['new-findings'], warnOn: [] },
    exceptions: { base: [], head: [] },
    invariants: { base: [], head: [] },
    today: '2026-03-01',
    changedPaths: null,
    notes: [],
    ...fields,
  });
  const newFindings = report.newFindings.filter(({ rule }) => JUDGED.includes(rule));
  const gates = report.gates.map((gate) => ({
    ...gate,
    violations: gate.violations.filter(({ text }) => text.startsWith('NP201')),
  }));
  return { ...report, newFindings, gates };
}

const violations = ({ gates }: ReviewReport): number => gates[0]!.violations.length;

describe('new findings', () => {
  it('are those of the head, with their lines, and fail the gate', async () => {
    const report = await review(policy('one', 'web'), policy('one'));
    expect(report.newFindings).toMatchObject([
      {
        object: 'NetworkPolicy shop/one',
        severity: 'HIGH',
        status: 'OPEN',
        place: { side: 'HEAD', path: 'after.yaml', startLine: 13 },
      },
    ]);
    expect(violations(report)).toBe(1);
  });

  it('are none where the base has the same in another file', async () => {
    expect((await review(policy('one'), policy('one'))).newFindings).toEqual([]);
  });

  it('are there for a second policy that has what a first one had', async () => {
    const { newFindings } = await review(policy('one'), policy('one') + policy('two'));
    expect(newFindings.map(({ object, occurrences }) => [object, occurrences])).toEqual([
      ['NetworkPolicy shop/two', 1],
    ]);
  });

  it('count what the change mended', async () => {
    const before = (await review(policy('one') + policy('two', 'cart'), '')).fixedFindings;
    expect(before - (await review(policy('one'), '')).fixedFindings).toBe(1);
  });

  it('are less grave in a part of a cluster, where the gate minds them only when asked', async () => {
    const part = (minSeverity?: 'INFO'): Promise<ReviewReport> =>
      review('', policy('one'), {
        isWholeCluster: false,
        gates: { failOn: ['new-findings'], warnOn: [], ...(minSeverity && { minSeverity }) },
      });
    expect(violations(await part())).toBe(0);
    expect(violations(await part('INFO'))).toBe(1);
  });

  it('have the severities that the base sets, and none that only the head sets', async () => {
    const set = (setting: RuleSetting): CheckConfig => ({
      ...NO_CONFIG,
      rules: new Map([['NP201', setting]]),
    });
    const off = set('off');
    const low = set('LOW');
    const path = '.portolan/config.yaml';
    const change = [policy('one', 'web'), policy('one')] as const;
    const silent = await review(...change, { settings: { base: off, head: off, path } });
    expect([silent.newFindings, violations(silent)]).toEqual([[], 0]);
    const lower = await review(...change, { settings: { base: low, head: low, path } });
    expect([lower.newFindings[0]!.severity, violations(lower)]).toEqual(['LOW', 0]);
    for (const { caveats } of [silent, lower])
      expect(caveats.map(({ code }) => code)).not.toContain('SETTINGS_PROPOSED');
    const proposed = await review(...change, { settings: { base: NO_CONFIG, head: off, path } });
    expect(violations(proposed)).toBe(1);
    expect(proposed.caveats).toContainEqual({
      code: 'SETTINGS_PROPOSED',
      message:
        'The change sets rules otherwise (.portolan/config.yaml): NP201 off instead of HIGH. Only the settings of the base count.',
    });
    const gone = await review(...change, { settings: { base: low, head: NO_CONFIG, path } });
    expect(gone.caveats.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('NP201 HIGH instead of LOW'),
    );
    const same = set('HIGH');
    const repeated = await review(...change, { settings: { base: NO_CONFIG, head: same, path } });
    expect(repeated.caveats.map(({ code }) => code)).not.toContain('SETTINGS_PROPOSED');
  });

  it('go by what the base says of its cluster', async () => {
    const byLabel = policy('one', 'web').replace(
      ', policyTypes: [Ingress] }',
      ', ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: ops } } }] }] }',
    ).concat(`---
apiVersion: v1
kind: Namespace
metadata: { name: ops, labels: { team: ops } }
---
apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: ops }
spec: { containers: [{ name: main }] }
`);
    const tenants = { ...NO_CONFIG, profile: { tenantsLabelNamespaces: true } };
    const path = '.portolan/config.yaml';
    const rules = async (base: CheckConfig): Promise<readonly string[]> => {
      const settings = { base, head: tenants, path };
      const { newFindings, caveats } = await review('', byLabel, { settings });
      return [...newFindings.map(({ rule }) => rule), ...caveats.map(({ code }) => code)];
    };
    expect(await rules(tenants)).toContain('NP209');
    const proposed = await rules(NO_CONFIG);
    expect(proposed).not.toContain('NP209');
    expect(proposed).toContain('SETTINGS_PROPOSED');
  });

  it('are accepted by annotations of the base, and not by those that the change brings', async () => {
    const ignored = (app: string): string =>
      policy('one', app).replace(
        'metadata: { ',
        'metadata: { annotations: { portolan.dev/ignore: "NP201=comes later" }, ',
      );
    const brought = await review(policy('one', 'web'), ignored('wep'));
    expect(brought.newFindings).toMatchObject([{ status: 'PROPOSED', why: 'comes later' }]);
    expect(violations(brought)).toBe(1);
    const known = await review(ignored('web'), ignored('wep'));
    expect(known.newFindings).toMatchObject([{ status: 'ACCEPTED', why: 'comes later' }]);
    expect(violations(known)).toBe(0);
  });

  it('are accepted by exceptions of the base, and not by those of the head', async () => {
    const exception: ReviewException = {
      id: 'later',
      finding: { by: 'object', rule: 'NP201', object: 'NetworkPolicy shop/one' },
      reason: 'Comes later',
      expires: '2026-03-01',
      path: 'e.yaml',
      line: 3,
    };
    const ofBase = await review('', policy('one'), { exceptions: { base: [exception], head: [] } });
    expect(ofBase.newFindings).toMatchObject([{ status: 'ACCEPTED', why: 'later' }]);
    expect(ofBase.exceptions).toMatchObject([{ id: 'later', status: 'USED' }]);
    expect(violations(ofBase)).toBe(0);
    const ofHead = await review('', policy('one'), { exceptions: { base: [], head: [exception] } });
    expect(ofHead.exceptions).toMatchObject([{ id: 'later', status: 'PROPOSED' }]);
    expect(violations(ofHead)).toBe(1);
  });
});
