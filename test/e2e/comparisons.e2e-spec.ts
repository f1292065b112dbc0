import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, type GraphqlAnswer, QueryServer } from './query-server.js';

const BEFORE = fixture('shop.yaml');
const AFTER = BEFORE.replace('- { port: 9000 }', '- { port: 9001 }');

let server: QueryServer;
let before: string;
let after: string;

beforeAll(async () => {
  server = await QueryServer.start();
  before = await server.upload('shop', 'shop.yaml', BEFORE);
  after = await server.upload('shop', 'shop.yaml', AFTER);
});
afterAll(() => server.close());

const RELATION = `{
  holds counterexampleCount caveats { code }
  counterexamples { source { displayName } destination { displayName } onlyA { text } onlyB { text } }
}`;

function ask(a: string, b: string, selection: string): Promise<GraphqlAnswer> {
  const query = `{ comparePolicies(a: ${a}, b: ${b}) { ${selection} } }`;
  return server.ask(query.replaceAll('$before', before).replaceAll('$after', after));
}

async function compare(a: string, b: string, selection: string): Promise<GraphqlAnswer['data']> {
  const { data, errors } = await ask(a, b, selection);
  expect(errors).toBeUndefined();
  return data.comparePolicies;
}

/** A policy set. Ids are known when the server runs: their places stand here until then. */
const set = (snapshot: '$before' | '$after', selection = ''): string =>
  `{ snapshot: { id: "${snapshot}" } ${selection} }`;

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

  it('refuses to put policies of two snapshots together', async () => {
    const { errors, data } = await ask(
      set('$before'),
      set('$after'),
      'contains { holds } interferes { holds }',
    );
    expect(errors?.[0]?.extensions).toMatchObject({ reason: 'INVALID', argument: 'a' });
    expect(data.comparePolicies.contains.holds).toBe(false);
  });
});
