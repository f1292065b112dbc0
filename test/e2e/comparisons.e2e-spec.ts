import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, type GraphqlAnswer, QueryServer } from './query-server.js';

const BEFORE = fixture('shop.yaml');
/** What must be possible, as policies without pods. */
const REQUIREMENTS = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: needs, namespace: data }
spec:
  podSelector: { matchLabels: { app: postgres } }
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { team: shop } }
          podSelector: { matchExpressions: [{ key: app, operator: In, values: [catalog, frontend] }] }
      ports: [{ port: 5432 }]
`;
const AFTER = BEFORE.replace('- { port: 9000 }', '- { port: 9001 }');

let server: QueryServer;
let before: string;
let after: string;
let requirements: string;

beforeAll(async () => {
  server = await QueryServer.start();
  before = await server.upload('shop', 'shop.yaml', BEFORE);
  after = await server.upload('shop', 'shop.yaml', AFTER);
  requirements = await server.upload('requirements', 'needs.yaml', REQUIREMENTS);
});
afterAll(() => server.close());

const RELATION = `{
  holds counterexampleCount caveats { code }
  counterexamples { source { displayName } destination { displayName } onlyA { text } onlyB { text } both { text } }
}`;

function ask(a: string, b: string, selection: string): Promise<GraphqlAnswer> {
  const query = `{ comparePolicies(a: ${a}, b: ${b}) { ${selection} } }`;
  return server.ask(
    query
      .replaceAll('$before', before)
      .replaceAll('$after', after)
      .replaceAll('$requirements', requirements),
  );
}

async function compare(a: string, b: string, selection: string): Promise<GraphqlAnswer['data']> {
  const { data, errors } = await ask(a, b, selection);
  expect(errors).toBeUndefined();
  return data.comparePolicies;
}

/** A policy set. Ids are known when the server runs: their places stand here until then. */
const set = (snapshot: '$before' | '$after' | '$requirements', selection = ''): string =>
  `{ snapshot: { id: "${snapshot}" } ${selection} }`;

interface Row {
  readonly onlyA: { readonly text: string };
}

const HOLDS = 'equivalent { holds } contains { holds } isContained { holds }';

describe('comparePolicies', () => {
  it('finds a snapshot equivalent to itself', async () => {
    const found = await compare(
      set('$before'),
      set('$before'),
      `${HOLDS} interferes ${RELATION} contains ${RELATION}`,
    );
    expect(found).toMatchObject({
      equivalent: { holds: true },
      contains: { holds: true, counterexamples: [], counterexampleCount: 0 },
      isContained: { holds: true },
      interferes: { holds: false, counterexamples: [] },
    });
    expect(found.contains.caveats).toContainEqual({ code: 'ENFORCEMENT_UNKNOWN' });
  });

  it('shows what each of two snapshots allows and the other does not', async () => {
    const found = await compare(
      set('$before'),
      set('$after'),
      `equivalent ${RELATION} contains ${RELATION} isContained ${RELATION}`,
    );
    expect(found.equivalent.holds).toBe(false);
    const [row] = found.equivalent.counterexamples;
    expect(row).toMatchObject({ onlyA: { text: 'TCP 9000' }, onlyB: { text: 'TCP 9001' } });
    expect(found.contains.counterexamples).toContainEqual({ ...row, onlyA: { text: 'None' } });
    expect(found.isContained.counterexamples).toContainEqual({ ...row, onlyB: { text: 'None' } });
  });

  it('compares some policies of a snapshot with others', async () => {
    const deny = 'policies: [{ namespace: "shop", name: "default-deny" }]';
    const found = await compare(
      set(
        '$before',
        'namespaces: ["shop"], policies: [{ namespace: "shop", name: "default-deny" }, { namespace: "shop", name: "frontend-public" }, { namespace: "data", name: "postgres-clients" }]',
      ),
      set('$before', deny),
      `${HOLDS} interferes { holds counterexampleCount }`,
    );
    expect(found).toMatchObject({
      equivalent: { holds: false },
      contains: { holds: true },
      isContained: { holds: false },
      interferes: { holds: true },
    });
    expect(found.interferes.counterexampleCount).toBeGreaterThan(0);
    const none = await compare(
      set('$before', 'kinds: [ADMIN_NETWORK_POLICY]'),
      set('$before', 'policies: []'),
      HOLDS,
    );
    expect(none.equivalent.holds).toBe(true);
  });

  it.each([
    ['a snapshot', '{ snapshot: { digest: "none" } }', 'NOT_FOUND'],
    ['a namespace', set('$before', 'namespaces: ["shopp"]'), 'NOT_FOUND'],
    ['a policy', set('$before', 'policies: [{ namespace: "shop", name: "nothing" }]'), 'NOT_FOUND'],
    ['a policy without namespace', set('$before', 'policies: [{ name: "nothing" }]'), 'INVALID'],
  ])('refuses %s that is not there', async (_, wrong, reason) => {
    const { errors } = await ask(wrong, set('$after'), HOLDS);
    expect(errors?.[0]?.extensions).toMatchObject({ reason, argument: 'a' });
  });

  it('puts policies of two snapshots together on the pods of `b`', async () => {
    const found = await compare(set('$before'), set('$after'), `interferes ${RELATION}`);
    expect(found.interferes.holds).toBe(true);
    const rows = found.interferes.counterexamples as Row[];
    expect(new Set(rows.map(({ onlyA }) => onlyA.text))).toEqual(new Set(['TCP 9000']));
    const none = await compare(
      set('$before', 'policies: []'),
      set('$after'),
      'interferes { holds }',
    );
    expect(none.interferes.holds).toBe(false);
  });

  it('says what requirements written as policies are not met, and by which workloads', async () => {
    const found = await compare(
      set('$requirements'),
      set('$after'),
      `permits ${RELATION} forbids ${RELATION}`,
    );
    expect(found.permits).toMatchObject({
      holds: false,
      counterexampleCount: 1,
      counterexamples: [
        {
          source: { displayName: 'shop/frontend (Deployment)' },
          destination: { displayName: 'data/postgres (StatefulSet)' },
          onlyA: { text: 'TCP 5432' },
          both: { text: 'None' },
        },
      ],
    });
    expect(found.forbids.holds).toBe(false);
    expect(found.forbids.caveats).toContainEqual({ code: 'ENFORCEMENT_UNKNOWN' });
  });

  it('names requirements that are asked of nobody', async () => {
    const idle = 'permits { holds } idlePolicies { count policies { name namespace { name } } }';
    expect(await compare(set('$requirements'), set('$after'), idle)).toMatchObject({
      permits: { holds: false },
      idlePolicies: { count: 0, policies: [] },
    });
    const elsewhere = await server.upload(
      'requirements',
      'needs.yaml',
      REQUIREMENTS.replace('app: postgres', 'app: postgras') +
        `---${REQUIREMENTS.replace('namespace: data', 'namespace: dta')}`,
    );
    expect(
      await compare(`{ snapshot: { id: "${elsewhere}" } }`, set('$after'), idle),
    ).toMatchObject({
      permits: { holds: true },
      idlePolicies: {
        count: 2,
        policies: [
          { name: 'needs', namespace: { name: 'data' } },
          { name: 'needs', namespace: { name: 'dta' } },
        ],
      },
    });
    const own = await compare(set('$before', 'namespaces: ["shop"]'), set('$before'), idle);
    expect(own.idlePolicies).toMatchObject({ count: 1, policies: [{ name: 'nobody' }] });
  });

  it('finds that a snapshot permits what it permits, and does not forbid it', async () => {
    for (const b of ['$before', '$after'] as const) {
      const found = await compare(set(b), set(b), `permits ${RELATION} forbids ${RELATION}`);
      expect(found.permits).toMatchObject({ holds: true, counterexampleCount: 0 });
      expect(found.forbids.holds).toBe(false);
    }
    const changed = await compare(set('$before'), set('$after'), `permits ${RELATION}`);
    const rows = changed.permits.counterexamples as Row[];
    expect(rows.map(({ onlyA }) => onlyA.text)).toContain('TCP 9000');
    const none = await compare(
      set('$before', 'policies: []'),
      set('$after'),
      'permits { holds } forbids { holds }',
    );
    expect(none).toEqual({ permits: { holds: true }, forbids: { holds: true } });
  });
});
