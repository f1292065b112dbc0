import type { PolicyNote } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { codes, found, read, viewOf } from '../manifests.test-support.js';

const policy = (spec: string, metadata = ''): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop${metadata} }
spec: { ${spec} }
`;

async function notesOf(...texts: string[]): Promise<[number, PolicyNote][]> {
  const notes: [number, PolicyNote][] = [];
  const { sources } = viewOf(await read(...texts));
  sources.eachPolicyNote((index, note) => notes.push([index, note]));
  return notes;
}

describe('How a policy is written', () => {
  it.each<[string, PolicyNote[]]>([
    ['podSelector: {}, policyTypes: [Ingress], ingress: []', []],
    ['podSelector: {}, ingress: [{}]', [{ code: 'POLICY_TYPES_ABSENT' }]],
    ['podSelector: {}, policyTypes: [], ingress: [{}]', [{ code: 'POLICY_TYPES_ABSENT' }]],
    ['podSelector: {}, egress: []', [{ code: 'POLICY_TYPES_ABSENT' }, { code: 'EMPTY_EGRESS' }]],
    ['podSelector: {}, egress:', [{ code: 'POLICY_TYPES_ABSENT' }, { code: 'EMPTY_EGRESS' }]],
    [
      'podSelector: {}, policyTypes: [Ingress], egress: []',
      [{ code: 'RULES_ABSENT', direction: 'INGRESS' }],
    ],
    ['podSelector: {}, policyTypes: [Egress]', [{ code: 'RULES_ABSENT', direction: 'EGRESS' }]],
    [
      'podSelector: {}, policyTypes: [Egress], egress: [{}, { ports: [{ port: 1, protocol: TCP }, { port: 2 }] }]',
      [{ code: 'PROTOCOL_OMITTED', direction: 'EGRESS', rule: 1, port: 1 }],
    ],
  ])('%s', async (spec, expected) => {
    expect(await notesOf(policy(spec))).toEqual(expected.map((note) => [0, note]));
  });

  it('does not take the absence of a list in what an API server wrote for more than an empty one', async () => {
    const exported = policy('podSelector: {}, policyTypes: [Egress]', ', uid: 0b');
    expect(await notesOf(exported)).toEqual([]);
  });

  it('names policies by their places in the snapshot', async () => {
    const other = policy('podSelector: {}, ingress: []').replaceAll('shop', 'a');
    const last = policy('podSelector: {}, ingress: []').replace('name: web', 'name: zoo');
    const stated = policy('podSelector: {}, policyTypes: [Ingress], ingress: []');
    expect(await notesOf(last, stated, other)).toEqual([
      [0, { code: 'POLICY_TYPES_ABSENT' }],
      [2, { code: 'POLICY_TYPES_ABSENT' }],
    ]);
  });

  it('is no part of the content, but of what was uploaded', async () => {
    const one = await read(policy('podSelector: {}, ingress: []'));
    const other = await read(policy('podSelector: {}, policyTypes: [Ingress]'));
    expect(other.digest).toBe(one.digest);
    expect(other.sourceDigest).not.toBe(one.sourceDigest);
  });
});

describe('The annotation that silences findings', () => {
  const annotated = (kind: string, more = ''): string => `---
apiVersion: ${kind === 'Deployment' ? 'apps/v1' : kind === 'Ingress' ? 'networking.k8s.io/v1' : 'v1'}
kind: ${kind}
metadata:
  name: ${kind.toLowerCase()}
  ${kind === 'Namespace' ? '' : 'namespace: shop'}
  annotations:
    other: text
    portolan.dev/ignore: NP201=${kind} until 2027-01-31
${more}`;
  const template = 'template: { metadata: { labels: { a: b } }, spec: { containers: [] } }';
  const OBJECTS = [
    annotated('Namespace').replace('name: namespace', 'name: shop'),
    annotated('Deployment', `spec: { selector: { matchLabels: { a: b } }, ${template} }\n`),
    annotated('Pod'),
    annotated('Service', 'spec: { ports: [{ port: 80 }] }\n'),
    annotated(
      'Ingress',
      'spec: { defaultBackend: { service: { name: service, port: { number: 80 } } } }\n',
    ),
    policy('podSelector: {}', ', annotations: { portolan.dev/ignore: NP201=Policy }'),
  ];

  it('is kept of every kind that may have it, with its line', async () => {
    const { snapshot, sources } = viewOf(await read(OBJECTS.join('')));
    const kept = [...sources.ignores()].map(({ kind, index, entries, location }) => [
      kind,
      index,
      entries[0]?.reason,
      location?.startLine,
    ]);
    expect(kept).toEqual([
      ['NAMESPACE', 0, 'Namespace', 9],
      ['WORKLOAD', 0, 'Deployment', 18],
      ['WORKLOAD', 1, 'Pod', 28],
      ['POLICY', 0, 'Policy', 52],
      ['SERVICE', 0, 'Service', 37],
      ['ROUTE', 0, 'Ingress', 47],
    ]);
    expect(snapshot.workload(1).kind).toBe('POD');
  });

  it('is no part of the content', async () => {
    const plain = OBJECTS.map((text) => text.replace(/.*portolan.dev.ignore: NP.*\n/, ''));
    plain[5] = policy('podSelector: {}');
    expect((await read(...plain)).digest).toBe((await read(...OBJECTS)).digest);
  });

  it('is noted with its line where it cannot be read', async () => {
    const content = await read(annotated('Pod').replace('2027-01-31', 'tomorrow'));
    expect(found(content)).toEqual([
      ['INVALID_SUPPRESSION', 'metadata.annotations["portolan.dev/ignore"]', 9],
    ]);
    expect([...viewOf(content).sources.ignores()]).toEqual([]);
  });
});

describe('Objects that stand twice', () => {
  it.each([
    ['the same', 'podSelector: {}', 'podSelector: {}', null],
    [
      'the same, written otherwise',
      'podSelector: {}',
      'podSelector: {}, policyTypes: [Ingress]',
      null,
    ],
    ['another rule', 'podSelector: {}', 'podSelector: {}, ingress: [{}]', 'spec'],
  ])('%s', async (_, one, other, field) => {
    const { problems } = await read(policy(one), policy(other));
    expect(problems).toMatchObject([{ code: 'DUPLICATE', field }]);
  });
});

describe('Input that is no policy', () => {
  it('of an API version that is no longer served', async () => {
    const old = policy('podSelector: {}').replace('networking.k8s.io/v1', 'extensions/v1beta1');
    const content = await read(old);
    expect(found(content)).toEqual([['REMOVED_API_VERSION', 'apiVersion', 2]]);
    expect(content.stats.policies).toBe(0);
  });

  it.each([
    'podSelector: { matchLabels: { app: "${APP}" } }',
    'podSelector: {}, ingress: [{ ports: [{ port: "${PORT}" }] }]',
  ])('with a placeholder of a shell: %s', async (spec) => {
    expect(codes(await read(policy(spec)))).toEqual(['TEMPLATE']);
  });
});
