import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, type GraphqlAnswer, lineOf, QueryServer } from './query-server.js';

const BEFORE = fixture('shop.yaml');
/** The port of a rule has moved, a peer has lost its exception, a workload is new, and another is gone. */
const AFTER = BEFORE.replace('- { port: 9000 }', '- { port: 9001 }')
  .replace(', except: [10.0.0.0/8]', '')
  .replaceAll('scraper', 'collector');

let server: QueryServer;
let base: string;
let head: string;

beforeAll(async () => {
  server = await QueryServer.start();
  base = await server.upload('shop', 'shop.yaml', BEFORE);
  head = await server.upload('shop', 'shop.yaml', AFTER);
});
afterAll(() => server.close());

async function diff(selection: string, options = ''): Promise<GraphqlAnswer['data']> {
  const answer = await server.data(
    `query ($base: ID!, $head: ID!) { diff(base: { id: $base }, head: { id: $head } ${options}) { ${selection} } }`,
    { base, head },
  );
  return answer.diff;
}

interface Change {
  readonly kind: string;
  readonly source: { readonly displayName: string };
  readonly destination: { readonly displayName: string };
  readonly before: { readonly text: string };
  readonly after: { readonly text: string };
}

/** Changes as `KIND source → destination: before ⇒ after`, sorted. */
async function changes(args: string, options = ''): Promise<string[]> {
  const found = await diff(
    `changes${args} { nodes { kind source { displayName } destination { displayName } before { text } after { text } } }`,
    options,
  );
  return (found.changes.nodes as Change[])
    .map(
      ({ kind, source, destination, before, after }) =>
        `${kind} ${source.displayName} → ${destination.displayName}: ${before.text} ⇒ ${after.text}`,
    )
    .sort();
}

describe('diff', () => {
  it('knows both sides, and that they differ', async () => {
    const found = await diff(`
      base { id } head { id } equivalent caveats { code }
      summary { opened closed altered internetIngressOpened internetEgressOpened crossNamespaceOpened newlyUnprotected text }
      newlyUnprotected { name }
      changes { totalCount }`);
    expect(found).toMatchObject({ base: { id: base }, head: { id: head }, equivalent: false });
    const { opened, closed, altered } = found.summary as Record<string, number>;
    expect(opened! + closed! + altered!).toBe(found.changes.totalCount);
    expect(found.summary.text).toEqual(expect.any(String));
    expect(found.summary.newlyUnprotected).toBe(found.newlyUnprotected.length);
    expect(found.caveats).toContainEqual({ code: 'ENFORCEMENT_UNKNOWN' });
  });

  it('tells traffic that was altered, exactly, and the object that did it', async () => {
    const found = await diff(`changes(filter: { kinds: [ALTERED] }) { totalCount nodes {
      source { stableKey } destination { stableKey }
      before { text } after { text } opened { text } closed { text }
      causedBy { change kind displayName fields affectsAccess
        before { __typename name location { startLine } } after { location { startLine } } }
    } }`);
    expect(found.changes.totalCount).toBe(1);
    expect(found.changes.nodes[0]).toEqual({
      source: { stableKey: 'workload:shop/Deployment/frontend' },
      destination: { stableKey: 'workload:shop/Deployment/catalog' },
      before: { text: 'TCP 9000' },
      after: { text: 'TCP 9001' },
      opened: { text: 'TCP 9001' },
      closed: { text: 'TCP 9000' },
      causedBy: [
        {
          change: 'CHANGED',
          kind: 'POLICY',
          displayName: 'NetworkPolicy shop/catalog-clients',
          fields: expect.arrayContaining([expect.stringContaining('spec.ingress[0]')]),
          affectsAccess: true,
          before: {
            __typename: 'Policy',
            name: 'catalog-clients',
            location: { startLine: lineOf(BEFORE, 'name: catalog-clients') - 3 },
          },
          after: { location: { startLine: lineOf(AFTER, 'name: catalog-clients') - 3 } },
        },
      ],
    });
  });

  it('filters by what touches the internet', async () => {
    const outside = await diff(
      'changes(filter: { internet: true }) { nodes { source { __typename } destination { __typename } } }',
    );
    for (const { source, destination } of outside.changes.nodes as Record<string, Typed>[]) {
      expect([source?.__typename, destination?.__typename]).toContain('ExternalNetwork');
    }
    const inside = await changes('(filter: { internet: false })');
    expect(inside).toContain(
      'ALTERED shop/frontend (Deployment) → shop/catalog (Deployment): TCP 9000 ⇒ TCP 9001',
    );
  });

  it('leaves out workloads of one side only when told so', async () => {
    const option = 'options: { includeAddedAndRemovedWorkloads: false }';
    expect((await changes('(first: 100)')).join()).toContain('collector');
    expect((await changes('(first: 100)', `, ${option}`)).join()).not.toMatch(/collector|scraper/);
  });

  it('is limited to namespaces', async () => {
    const found = await changes('(first: 100)', ', options: { namespaces: ["data"] }');
    expect(found.filter((change) => !change.includes('data/'))).toEqual([]);
  });

  it('lists changed objects, in pages', async () => {
    const found =
      await diff(`objectChanges(first: 2) { totalCount pageInfo { hasNextPage endCursor } nodes { change displayName } }
      all: objectChanges(first: 100) { nodes { change kind displayName before { name } after { name } } }`);
    expect(found.objectChanges.nodes).toHaveLength(2);
    expect(found.objectChanges.pageInfo.hasNextPage).toBe(true);
    expect(found.objectChanges.totalCount).toBe(found.all.nodes.length);
    expect(found.all.nodes).toContainEqual({
      change: 'ADDED',
      kind: 'WORKLOAD',
      displayName: 'monitoring/collector (Deployment)',
      before: null,
      after: { name: 'collector' },
    });
  });

  it('groups changes by pod and by namespace', async () => {
    expect((await changes('(groupBy: NAMESPACE, first: 100)')).join('\n')).toContain('→ shop: ');
  });

  it('is the same from the head', async () => {
    const { diff: found } = await server.snapshot(
      head,
      `diff(base: { id: "${base}" }) { equivalent summary { altered } head { id } }`,
    );
    expect(found).toEqual({ equivalent: false, summary: { altered: 1 }, head: { id: head } });
  });
});

interface Typed {
  readonly __typename: string;
}

describe('diff of equal access', () => {
  it('is equivalent, although objects differ', async () => {
    const relabelled = await server.upload(
      'shop',
      'shop.yaml',
      BEFORE.replace('{ owner: web }', '{ owner: ops }'),
    );
    const { diff: found } = await server.snapshot(
      relabelled,
      `diff(base: { id: "${base}" }) { equivalent changes { totalCount } objectChanges { nodes { displayName fields affectsAccess } } }`,
    );
    expect(found).toEqual({
      equivalent: true,
      changes: { totalCount: 0 },
      objectChanges: {
        nodes: [
          {
            displayName: 'NetworkPolicy shop/frontend-public',
            fields: [expect.stringContaining('labels')],
            affectsAccess: false,
          },
        ],
      },
    });
  });

  it('is equivalent to itself', async () => {
    const { diff: found } = await server.snapshot(
      base,
      `diff(base: { id: "${base}" }) { equivalent objectChanges { totalCount } }`,
    );
    expect(found).toEqual({ equivalent: true, objectChanges: { totalCount: 0 } });
  });
});

describe('diff of many workloads', () => {
  it('lists 100 that lost isolation, counts all, and says so', async () => {
    const names = Array.from({ length: 101 }, (_, i) => `w${String(i).padStart(3, '0')}`);
    const labels = '{ app: many }';
    const workloads = names.map(
      (name) => `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: ${name}, namespace: many }
spec: { selector: { matchLabels: ${labels} }, template: { metadata: { labels: ${labels} } } }
`,
    );
    const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: isolate, namespace: many }
spec: { podSelector: {} }
`;
    const before = await server.upload('many', 'many.yaml', [policy, ...workloads].join('---\n'));
    const after = await server.upload('many', 'many.yaml', workloads.join('---\n'));
    const { diff: found } = await server.snapshot(
      after,
      `diff(base: { id: "${before}" }) { newlyUnprotected { name } summary { newlyUnprotected } caveats { code message } }`,
    );
    expect(found.newlyUnprotected).toHaveLength(100);
    expect(found.newlyUnprotected[99]).toEqual({ name: 'w099' });
    expect(found.summary.newlyUnprotected).toBe(101);
    expect(found.caveats).toContainEqual({
      code: 'RESULT_TRUNCATED',
      message: expect.stringContaining('100 of 101'),
    });
  });
});

describe('diff that cannot be made', () => {
  it('says which snapshot is missing', async () => {
    const refusal = await server.refusal(
      base,
      'diff(base: { latestOf: { cluster: "nowhere" } }) { equivalent }',
    );
    expect(refusal).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'NOT_FOUND',
      argument: 'base',
    });
  });

  it('does not take the rest of the query with it', async () => {
    const { data, errors } = await server.ask(
      `query ($id: ID!) { snapshot(ref: { id: $id }) { id diff(base: { digest: "00" }) { equivalent } } }`,
      { id: base },
    );
    expect(errors).toHaveLength(1);
    expect(data.snapshot).toEqual({ id: base, diff: null });
  });
});
