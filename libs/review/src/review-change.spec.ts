import { formatTraffic } from '@portolan/model';
import type { AccessRow, ReviewReport } from '@portolan/report';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../test/support/analyse.js';
import { exception, onlyWorkload, tcp } from './exceptions/exceptions.test-support.js';
import { type GateName, GATES } from './gates.js';
import { reviewChange } from './review-change.js';
import type { ReviewInput } from './review-input.js';

const deployment = (namespace: string, name: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main }] } } }
`;
const SHOP = ['web', 'cart', 'pay', 'mail'].map((name) => deployment('shop', name)).join('');
const WORKLOADS = `${SHOP}${deployment('data', 'db')}${deployment('data', 'cache')}${deployment('lab', 'tool')}`;
const namespaces = ['shop', 'data', 'lab']
  .map((name) => `---\napiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`)
  .join('');

/** Closes the namespace data, but for the lines that are given. */
const data = (...lines: readonly string[]): string =>
  [
    'apiVersion: networking.k8s.io/v1',
    'kind: NetworkPolicy',
    'metadata: { name: data, namespace: data }',
    'spec:',
    '  podSelector: {}',
    '  policyTypes: [Ingress, Egress]',
    ...lines,
    '',
  ].join('\n');

const ALL_GATES = GATES.map(({ name }) => name);

async function review(
  before: string,
  after: string,
  fields: Partial<ReviewInput> = {},
): Promise<ReviewReport> {
  const [base, head] = await Promise.all(
    [before, after].map((text) =>
      analyseFiles([
        { path: 'workloads.yaml', text: namespaces + WORKLOADS },
        { path: 'policy.yaml', text },
      ]),
    ),
  );
  return reviewChange({
    cluster: 'prod',
    path: 'deploy',
    base: { name: 'base', ...base! },
    head: { name: 'head', ...head! },
    isWholeCluster: true,
    gates: { failOn: ALL_GATES, warnOn: [] },
    exceptions: { base: [], head: [] },
    invariants: { base: [], head: [] },
    today: '2026-03-01',
    changedPaths: null,
    notes: [],
    ...fields,
  });
}

function text({ source, destination, opened, closed, causes }: AccessRow): string {
  const places = causes.map(
    ({ rule, place }) => `${rule ?? ''}@${place?.path ?? ''}:${place?.startLine ?? 0}`,
  );
  return `${source.text} → ${destination.text} +${formatTraffic(opened)} -${formatTraffic(closed)} ${places.join(' ')}`;
}

function failed({ gates }: ReviewReport): string[] {
  return gates.filter(({ status }) => status === 'FAILED').map(({ gate }) => gate);
}

const FROM_SHOP = [
  '  ingress:',
  '  - from:',
  '    - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }',
];

describe('reviewChange', () => {
  it('finds nothing where nothing changed', async () => {
    const report = await review(data(), data());
    expect([report.verdict, failed(report), report.opened]).toEqual(['PASSED', [], []]);
  });

  it('puts what one rule opens for many workloads into one row, with the line of its peer', async () => {
    const { opened } = await review(data(), data(...FROM_SHOP, '    ports: [{ port: 5432 }]'));
    expect(opened.map(text)).toEqual([
      '4 workloads in shop → data/cache, data/db +TCP 5432 -None spec.ingress[0].from[0]@policy.yaml:9',
    ]);
    expect(opened[0]).toMatchObject({ pairs: 8, severity: 'HIGH' });
  });

  it('catches a stray dash: two peers instead of one', async () => {
    const joint = data(...FROM_SHOP, '      podSelector: { matchLabels: { app: web } }');
    const split = data(...FROM_SHOP, '    - podSelector: { matchLabels: { app: web } }');
    const report = await review(joint, split);
    expect(report.opened.map(text)).toEqual([
      'shop/cart, shop/mail, shop/pay → data/cache, data/db +All -None spec.ingress[0].from[0]@policy.yaml:9',
    ]);
    expect(report.newFindings.map(({ rule }) => rule)).toContain('NP206');
    expect(failed(report)).toEqual(['new-cross-namespace-access', 'new-findings', 'any-change']);
  });

  it('puts workloads that reach one another into one row', async () => {
    const among = data(
      '  ingress:',
      '  - from: [{ podSelector: {} }]',
      '  egress:',
      '  - to: [{ podSelector: {} }]',
    );
    const { opened } = await review(data(), among);
    expect(opened.map(({ source, destination }) => `${source.text} → ${destination.text}`)).toEqual(
      ['data/cache, data/db → data/cache, data/db'],
    );
  });

  it.each<[string, string[], GateName[]]>([
    [
      'an ipBlock of everything',
      ['  ingress:', '  - from: [{ ipBlock: { cidr: 0.0.0.0/0 } }]'],
      ['new-internet-ingress', 'new-findings', 'any-change'],
    ],
    [
      'egress to everything',
      ['  egress:', '  - to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]'],
      ['new-internet-egress', 'new-findings', 'any-change'],
    ],
    [
      'private addresses',
      ['  ingress:', '  - from: [{ ipBlock: { cidr: 10.0.0.0/8 } }]'],
      ['any-change'],
    ],
    [
      'every namespace',
      ['  ingress:', '  - from: [{ namespaceSelector: {} }]'],
      ['new-cross-namespace-access', 'new-entire-cluster-ingress', 'any-change'],
    ],
  ])('fails the gates for %s', async (_, lines, gates) => {
    expect(failed(await review(data(), data(...lines)))).toEqual(gates);
  });

  it('names workloads that lost their isolation, and the policy that is gone', async () => {
    const report = await review(data(), '');
    expect(failed(report)).toContain('newly-unprotected-workloads');
    expect(
      report.newlyUnprotected.map(({ workload, directions }) => [workload, directions]),
    ).toEqual([
      ['data/cache (Deployment)', ['INGRESS', 'EGRESS']],
      ['data/db (Deployment)', ['INGRESS', 'EGRESS']],
    ]);
    expect(report.newlyUnprotected[0]?.causes).toMatchObject([
      {
        change: 'REMOVED',
        object: 'NetworkPolicy data/data',
        place: { side: 'BASE', path: 'policy.yaml', startLine: 1 },
      },
    ]);
  });

  it('reports what was closed at the rule that is gone', async () => {
    const report = await review(data(...FROM_SHOP), data());
    expect(failed(report)).toEqual(['closed-access', 'any-change']);
    expect(report.closed.map(text)).toEqual([
      '4 workloads in shop → data/cache, data/db +None -All spec.ingress[0].from[0]@policy.yaml:9',
    ]);
  });

  it('only warns for gates that are to warn', async () => {
    const gates = { failOn: [], warnOn: ['any-change'] } as const;
    const report = await review(data(), data(...FROM_SHOP), { gates });
    expect([report.verdict, report.gates.map(({ status }) => status)]).toEqual([
      'WARNED',
      ['WARNED'],
    ]);
  });

  describe('with exceptions', () => {
    const gates = { failOn: ['new-cross-namespace-access'], warnOn: [] } as const;
    const base = ['db', 'cache'].map((name) =>
      exception({ is: 'namespace', name: 'shop' }, onlyWorkload(`data/${name}`), { id: name }),
    );
    const head = data(...FROM_SHOP);

    it('holds when they cover everything', async () => {
      const report = await review(data(), head, { gates, exceptions: { base, head: [] } });
      expect([report.verdict, report.opened.length]).toEqual(['PASSED', 2]);
      expect(report.exceptions.map(({ id, status, pairs }) => [id, status, pairs])).toEqual([
        ['db', 'USED', 4],
        ['cache', 'USED', 4],
      ]);
    });

    it('fails for the rest when they cover a part', async () => {
      const part = base.map((one) => ({ ...one, traffic: tcp(80) }));
      const report = await review(data(), head, { gates, exceptions: { base: part, head: [] } });
      expect(report.gates[0]?.violations.map((one) => one.text)).toEqual([
        expect.stringMatching(
          /data\/cache .*TCP 1-79,81-65535; UDP all; SCTP all \(one of 4 pairs like it\), which no exception covers$/,
        ),
        expect.stringMatching(/data\/db .*which no exception covers$/),
      ]);
    });

    it('lets a change not excuse itself', async () => {
      const report = await review(data(), head, { gates, exceptions: { base: [], head: base } });
      expect(report.verdict).toBe('FAILED');
    });
  });

  it('fails invalid-input for what the change brought, and not for what was there', async () => {
    const broken = `${data()}---\nkind: [`;
    expect(failed(await review(data(), broken))).toEqual(['invalid-input']);
    expect(failed(await review(broken, broken))).toEqual([]);
    const repaired = await review(broken, data());
    expect(repaired.skipped.map(({ place, isNew }) => [place.side, isNew])).toEqual([
      ['BASE', false],
    ]);
    const touched = { changedPaths: new Set(['policy.yaml']) };
    expect(failed(await review(broken, broken, touched))).toEqual(['invalid-input']);
  });
});
