import { DEFAULT_SWITCHES } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../../test/support/analyse.js';
import { Analysis } from '../analysis.js';
import { exportAccess, exportCaveats } from '../questions/allowed-access.js';
import type { SnapshotIndex } from '../snapshot-index.js';
import { buildIndexFrom } from './build-index-from.js';

type Objects = readonly object[];

const pod = (name: string, labels: object, ip: string): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'shop', name, labels },
  spec: {
    containers: [{ name: 'main', image: 'app', ports: [{ name: 'web', containerPort: 8080 }] }],
  },
  status: { podIPs: [{ ip }] },
});
const policy = (name: string, spec: object): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: 'shop', name },
  spec,
});
const admin = (name: string, priority: number, action: string): object => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha1',
  kind: 'AdminNetworkPolicy',
  metadata: { name },
  spec: {
    priority,
    subject: { namespaces: {} },
    ingress: [{ action, from: [{ namespaces: { matchLabels: { tier: 'front' } } }] }],
  },
});

const PODS = [pod('a', { app: 'a' }, '10.0.0.1'), pod('b', { app: 'b' }, '10.0.0.2')];
const CLOSED = policy('closed', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
const TO_B = policy('to-b', {
  podSelector: { matchLabels: { app: 'b' } },
  ingress: [
    { from: [{ podSelector: { matchLabels: { app: 'a' } } }], ports: [{ port: 'web' }] },
    { from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] },
  ],
});

interface Made {
  readonly base: SnapshotIndex;
  readonly derived: SnapshotIndex;
  readonly fresh: SnapshotIndex;
}

async function make(base: Objects, head: Objects): Promise<Made> {
  const [before, after] = [await analyseObjects(base), await analyseObjects(head)];
  const fresh = after.analysis.index;
  const derived = buildIndexFrom(before.analysis, fresh.segments);
  return { base: before.analysis.index, derived, fresh };
}

function access(index: SnapshotIndex): unknown {
  const analysis = new Analysis(index);
  const { namespaceLabelsMatter, subjectLabelsMatter, segments } = index;
  return {
    rows: [...exportAccess(analysis, { groupBy: 'POD', isEnforced: true })],
    caveats: exportCaveats(analysis, { isEnforced: true }),
    hashes: segments.map(({ hash }) => hash),
    namespaceLabelsMatter,
    subjectLabelsMatter,
  };
}

const DENY = admin('deny', 5, 'Deny');

describe('buildIndexFrom', () => {
  it.each([
    ['goes', [CLOSED, TO_B], [CLOSED]],
    [
      'comes that another one like it was there',
      [CLOSED, TO_B],
      [CLOSED, TO_B, { ...TO_B, metadata: { namespace: 'shop', name: 'to-b-too' } }],
    ],
    [
      'is asked after another one than before',
      [DENY, admin('allow', 6, 'Allow')],
      [DENY, admin('allow', 4, 'Allow')],
    ],
    ['looked at labels of namespaces, the only one', [CLOSED, DENY], [CLOSED]],
  ] as const)('makes rows anew where a policy %s', async (_, before, after) => {
    const { base, derived, fresh } = await make([...PODS, ...before], [...PODS, ...after]);
    expect(derived.classes).toBe(base.classes);
    expect(access(derived)).toEqual(access(fresh));
  });

  it.each([
    [
      'tells pods of one class apart',
      [TO_B],
      [
        policy('to-a', { podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }),
        policy('from-c', { podSelector: { matchLabels: { run: 'c' } } }),
      ],
      [pod('c', { run: 'c' }, '10.0.0.3'), pod('d', {}, '10.0.0.4')],
    ],
    [
      'cuts addresses elsewhere',
      [CLOSED],
      [
        policy('out', {
          podSelector: {},
          egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/31' } }] }],
        }),
      ],
      [],
    ],
  ] as const)('builds anew where a policy %s', async (_, before, after, others) => {
    const pods = [...PODS, ...others];
    const { base, derived, fresh } = await make([...pods, ...before], [...pods, ...after]);
    expect(derived.classes).not.toBe(base.classes);
    expect(derived).toEqual(fresh);
  });

  it('builds anew where pods differ, or policies are read in another way', async () => {
    const { base, derived, fresh } = await make([...PODS, TO_B], [PODS[0]!, TO_B]);
    expect(derived).toEqual(fresh);
    const switches = { ...DEFAULT_SWITCHES, ipBlockMatchesPods: false };
    const other = buildIndexFrom(new Analysis(base), base.segments, switches);
    expect(other.classes).not.toBe(base.classes);
    expect(other.switches).toEqual(switches);
  });

  it('shares segments that did not change, and keeps nothing that only policies of the other used', async () => {
    const { base, derived, fresh } = await make(
      [...PODS, CLOSED, TO_B, DENY],
      [...PODS, CLOSED, TO_B],
    );
    const shop = base.segments.find(({ namespace }) => namespace === 'shop');
    expect(derived.segments).toContain(shop);
    expect(derived.compiled.policy.length).toBe(fresh.compiled.policy.length);
    expect(derived.ingress.adminOfRow.length).toBe(fresh.ingress.adminOfRow.length);
    expect(derived.byteLength).toBeLessThanOrEqual(base.byteLength);
  });
});
