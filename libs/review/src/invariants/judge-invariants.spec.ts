import type { ReviewedInvariant, ReviewReport } from '@portolan/report';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../test/support/analyse.js';
import { readExceptions } from '../exceptions/read-exceptions.js';
import { reviewChange } from '../review-change.js';
import type { ReviewInput } from '../review-input.js';
import type { ClusterInvariant } from './cluster-invariant.js';
import { readInvariants } from './read-invariants.js';

const workload = (namespace: string, name: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, ports: [{ name: sql, containerPort: 5432 }] }] }
`;
const WORKLOADS =
  workload('shop', 'api') +
  workload('shop', 'web') +
  workload('data', 'db') +
  workload('lab', 'tool');
/** Lets the api, and further peers, reach the database on a port; it may reach nobody but these egress peers. */
const policy = (peers = '', egress = '', name = 'db'): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: data }
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - { namespaceSelector: {}, podSelector: { matchLabels: { app: api } } }
    ${peers}
    ports: [{ port: 5432 }]
  egress: [${egress}]
`;
const CLOSED = policy();
const ALSO_LAB = policy(
  '- namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: lab } }',
);
const ALSO_INTERNET = policy('- ipBlock: { cidr: 0.0.0.0/0 }');
const OPEN_EGRESS = policy('', '{ to: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }');
/** An admin policy that lets the database reach an address by its name. */
const BY_NAME = `${CLOSED}---
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: names }
spec:
  priority: 1
  subject: { namespaces: { matchLabels: { kubernetes.io/metadata.name: data } } }
  egress: [{ action: Allow, to: [{ domainNames: [api.example] }] }]
`;

function invariants(lines: string, path = 'i.yaml'): readonly ClusterInvariant[] {
  const read = readInvariants(`apiVersion: portolan/v1\ninvariants:\n${lines}`, path);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.invariants;
}

async function review(
  before: string,
  after: string,
  fields: Partial<ReviewInput>,
): Promise<ReviewReport> {
  const [base, head] = await Promise.all(
    [before, after].map((text) =>
      analyseFiles([
        { path: 'workloads.yaml', text: WORKLOADS },
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
    gates: { failOn: ['broken-invariants'], warnOn: [] },
    exceptions: { base: [], head: [] },
    invariants: { base: [], head: [] },
    today: '2026-03-01',
    changedPaths: null,
    notes: [],
    ...fields,
  });
}

const ONLY_API = `- name: only-api
  assert: onlyReachableFrom
  from: { workload: { namespace: shop, name: api } }
  to: { namespace: data }
`;
const NO_INTERNET = `- name: no-internet
  assert: mustNotReach
  from: { internet: true }
  to: { namespace: data }
`;
const REACHES = `- name: api-reaches-db
  assert: mustReach
  from: { workload: { namespace: shop, name: api } }
  to: { workload: { namespace: data, name: db } }
  traffic: { protocol: TCP, port: sql }
`;
const INSIDE = `- name: inside
  assert: mayOnlyReach
  from: { namespace: data }
  to: { podSelector: {} }
`;
const ISOLATED = `- name: isolated
  assert: mustBeIsolated
  to: { namespace: data }
`;

function short({
  name,
  status,
  previousStatus,
  isNewlyBroken,
}: ReviewedInvariant): [string, string, string, boolean] {
  return [name, previousStatus, status, isNewlyBroken];
}

function examples({ counterexamples }: ReviewedInvariant): string[] {
  return counterexamples.map(({ kind, from, to, causes }) => {
    const places = causes.map(({ place }) => `${place?.path}:${place?.startLine}`);
    return `${kind} ${from} → ${to} ${places.join()}`;
  });
}

async function judge(
  lines: string,
  before: string,
  after: string,
  fields: Partial<ReviewInput> = {},
): Promise<{ report: ReviewReport; row: ReviewedInvariant }> {
  const all = invariants(lines);
  const report = await review(before, after, { invariants: { base: all, head: all }, ...fields });
  const [row] = report.invariants;
  if (row === undefined) throw new Error('there is no invariant');
  return { report, row };
}

describe('invariants of a review', () => {
  it.each([
    [
      'onlyReachableFrom',
      ONLY_API,
      ALSO_LAB,
      ['ALLOWED lab/tool (Deployment) → data/db (Deployment) policy.yaml:10'],
    ],
    [
      'mustNotReach',
      NO_INTERNET,
      ALSO_INTERNET,
      [expect.stringMatching(/^ALLOWED the internet .* → data\/db \(Deployment\) policy.yaml:10$/)],
    ],
    [
      'mustReach',
      REACHES,
      CLOSED.replace('app: api', 'app: nobody'),
      ['DENIED shop/api (Deployment) → data/db (Deployment) policy.yaml:9'],
    ],
    [
      'mayOnlyReach',
      INSIDE,
      OPEN_EGRESS,
      ['ALLOWED data/db (Deployment) → 203.0.113.0/24 policy.yaml:12'],
    ],
    [
      'mustBeIsolated',
      ISOLATED,
      CLOSED.replace(', Egress', '').replace('  egress: []\n', ''),
      ['NOT_ISOLATED null → data/db (Deployment) policy.yaml:1'],
    ],
  ])(
    '%s: fails what breaks it, at its line, and not what was broken before',
    async (_, lines, bad, found) => {
      const broken = await judge(lines, CLOSED, bad);
      expect(short(broken.row).slice(1)).toEqual(['HOLDS', 'BROKEN', true]);
      expect(examples(broken.row)).toEqual(found);
      expect(broken.row.counterexampleCount).toBe(1);
      expect(broken.report.verdict).toBe('FAILED');
      expect(broken.report.gates[0]?.violations[0]?.place?.path).toBe('policy.yaml');
      const before = await judge(lines, bad, bad);
      expect(short(before.row).slice(1)).toEqual(['BROKEN', 'BROKEN', false]);
      expect(before.report.verdict).toBe('PASSED');
      expect(before.row.counterexamples[0]?.causes).toEqual([]);
      const mended = await judge(lines, bad, CLOSED);
      expect(short(mended.row).slice(1)).toEqual(['BROKEN', 'HOLDS', false]);
    },
  );

  it('is undecided where a rule of domain names may break it, and that fails, once', async () => {
    const { row, report } = await judge(INSIDE, CLOSED, BY_NAME);
    expect(short(row).slice(1)).toEqual(['HOLDS', 'UNDECIDED', true]);
    expect(row.counterexamples[0]).toMatchObject({ kind: 'UNKNOWN', from: 'data/db (Deployment)' });
    expect(report.verdict).toBe('FAILED');
    expect((await judge(INSIDE, BY_NAME, BY_NAME)).report.verdict).toBe('PASSED');
  });

  it.each([
    ['a workload that is not there', REACHES.replace('name: db', 'name: old'), ['data/old']],
    ['a namespace that is not there', ISOLATED.replace('data', 'nowhere'), ['namespace nowhere']],
    ['a name of a port that nobody has', REACHES.replace('sql', 'mysql'), []],
  ])('asserts nothing about %s', async (_, lines, unmatched) => {
    const { row, report } = await judge(lines, CLOSED, ALSO_LAB);
    expect([row.status, row.unmatched]).toEqual(['VACUOUS', unmatched]);
    expect(report.verdict).toBe('PASSED');
  });

  it('says which end of a list matches nothing', async () => {
    const lines = ONLY_API.replace('from: {', 'from: [{ namespace: gone }, {').replace(
      'name: api } }',
      'name: api } }]',
    );
    const { row } = await judge(lines, CLOSED, CLOSED);
    expect([row.status, row.unmatched]).toEqual(['HOLDS', ['namespace gone']]);
  });

  it('counts one that the change removes or weakens, and shows what it proposes', async () => {
    const base = invariants(ONLY_API);
    const removed = await review(CLOSED, ALSO_LAB, { invariants: { base, head: [] } });
    expect(removed.invariants.map(({ standing }) => standing)).toEqual(['REMOVED']);
    expect(removed.verdict).toBe('FAILED');
    const weaker = invariants(
      ONLY_API.replace('from: {', 'from: [{ namespace: lab }, {').replace('api } }', 'api } }]'),
      'head.yaml',
    );
    const changed = await review(CLOSED, ALSO_LAB, { invariants: { base, head: weaker } });
    expect(changed.invariants.map(({ standing, status }) => `${standing} ${status}`)).toEqual([
      'REMOVED BROKEN',
      'PROPOSED HOLDS',
    ]);
    expect(changed.verdict).toBe('FAILED');
    const proposed = await review(CLOSED, ALSO_LAB, { invariants: { base: [], head: base } });
    expect(proposed.invariants.map(({ standing, status }) => `${standing} ${status}`)).toEqual([
      'PROPOSED BROKEN',
    ]);
    expect(proposed.verdict).toBe('PASSED');
  });

  it('takes a moved or reworded one for the same', async () => {
    const base = invariants(ONLY_API);
    const head = invariants(`- name: only-api\n  description: why\n${ONLY_API.slice(17)}`);
    const { invariants: rows } = await review(CLOSED, CLOSED, { invariants: { base, head } });
    expect(rows.map(({ standing }) => standing)).toEqual(['IN_FORCE']);
  });

  it('is accepted by an exception of the base that is in force', async () => {
    const read = readExceptions(
      'apiVersion: portolan/v1\nexceptions:\n- { id: agreed, match: { invariant: only-api }, reason: r, expires: 2026-03-01 }\n',
      'e.yaml',
    );
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const exceptions = { base: read.exceptions, head: read.exceptions };
    const { row, report } = await judge(ONLY_API, CLOSED, ALSO_LAB, { exceptions });
    expect([row.status, row.acceptedBy, report.verdict]).toEqual(['ACCEPTED', 'agreed', 'PASSED']);
    expect(report.exceptions).toMatchObject([{ id: 'agreed', status: 'USED' }]);
    const late = await judge(ONLY_API, CLOSED, ALSO_LAB, { exceptions, today: '2026-03-02' });
    expect([late.row.status, late.report.verdict]).toEqual(['BROKEN', 'FAILED']);
    const head = { base: [], head: read.exceptions };
    const mine = await judge(ONLY_API, CLOSED, ALSO_LAB, { exceptions: head });
    expect([mine.row.status, mine.report.verdict]).toEqual(['BROKEN', 'FAILED']);
  });
});
