import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, type GraphqlAnswer, QueryServer } from './query-server.js';

const WORKLOADS = fixture('roastery-workloads.yaml');
const POLICIES = fixture('roastery-policies.yaml');

/** What the policies state, read by eye: who may reach whom, and on which port. Everybody may reach the storefront. */
const STATED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  catalog: { storefront: 'TCP 3000', search: 'TCP 3000', orders: 'TCP 3000' },
  search: { storefront: 'TCP 9200' },
  orders: { storefront: 'TCP 5000' },
  billing: { orders: 'TCP 50051' },
  mailer: { orders: 'TCP 2525' },
  stock: { storefront: 'TCP 7000', orders: 'TCP 7000' },
  'stock-db': { stock: 'TCP 5432' },
};
const NAMES = [...Object.keys(STATED), 'storefront', 'visitor'];
const OUTSIDE = 'every address';
const display = (name: string): string => `roastery/${name} (Deployment)`;

/** As `source → destination: traffic`, sorted. */
const PAIRS = [
  ...Object.entries(STATED).flatMap(([to, from]) =>
    Object.entries(from).map(([one, traffic]) => `${display(one)} → ${display(to)}: ${traffic}`),
  ),
  ...NAMES.filter((name) => name !== 'storefront').map(
    (name) => `${display(name)} → ${display('storefront')}: All`,
  ),
].sort();

let server: QueryServer;
let open: string;
let closed: string;

beforeAll(async () => {
  server = await QueryServer.start();
  open = await server.upload('roastery', 'workloads.yaml', WORKLOADS);
  closed = await server.upload('roastery', 'all.yaml', `${WORKLOADS}---\n${POLICIES}`);
});
afterAll(() => server.close());

interface Row {
  readonly source: { readonly displayName: string };
  readonly destination: { readonly displayName: string };
  readonly traffic: { readonly text: string };
}

async function pairs(snapshot: string, external: boolean): Promise<string[]> {
  const { allowedAccess } = await server.snapshot(
    snapshot,
    `allowedAccess(first: 100, filter: { peers: { external: ${String(external)} } }) {
      totalCount nodes { source { displayName } destination { displayName } traffic { text } } }`,
  );
  const rows = allowedAccess.nodes as Row[];
  expect(allowedAccess.totalCount).toBe(rows.length);
  return rows
    .map((row) => `${row.source.displayName} → ${row.destination.displayName}: ${row.traffic.text}`)
    .sort();
}

describe('a shop with one policy for each service', () => {
  it('allows the pairs that its policies state, and no other', async () => {
    expect(await pairs(closed, false)).toEqual(PAIRS);
  });

  it('lets the outside reach the storefront only, and every service reach the outside', async () => {
    const outside = (await pairs(closed, true)).filter((pair) => pair.includes(OUTSIDE));
    expect(outside).toEqual(
      [
        `${OUTSIDE} → ${display('storefront')}: All`,
        ...NAMES.map((name) => `${display(name)} → ${OUTSIDE}: All`),
      ].sort(),
    );
  });

  it('was wide open before', async () => {
    expect(await pairs(open, false)).toHaveLength(NAMES.length * (NAMES.length - 1));
  });

  it('closes everything else when the policies are added, and opens nothing', async () => {
    const { diff } = (await server.data(
      `query ($base: ID!, $head: ID!) { diff(base: { id: $base }, head: { id: $head }) {
        equivalent summary { opened closed altered newlyUnprotected }
        changes(first: 100) { totalCount nodes { kind source { displayName } destination { displayName } after { text } causedBy { change displayName } } } } }`,
      { base: open, head: closed },
    )) as { diff: GraphqlAnswer['data'] };
    const found = diff.changes.nodes as (Row & {
      kind: string;
      after: { text: string };
      causedBy: { change: string; displayName: string }[];
    })[];
    // Each pair of nine but those to the storefront, which stay open, and the way in from outside to the other eight.
    const expected = NAMES.length * (NAMES.length - 1) + (NAMES.length - 1);
    expect(diff.summary).toEqual({ opened: 0, closed: expected, altered: 0, newlyUnprotected: 0 });
    expect(diff.changes.totalCount).toBe(found.length);
    const left = found
      .filter(({ after }) => after.text !== 'None')
      .map(
        (one) => `${one.source.displayName} → ${one.destination.displayName}: ${one.after.text}`,
      );
    expect(left.sort()).toEqual(PAIRS.filter((pair) => !pair.endsWith('All')));
    for (const { causedBy } of found)
      expect(
        causedBy.some(
          ({ change, displayName }) =>
            change === 'ADDED' && displayName.startsWith('NetworkPolicy roastery/'),
        ),
      ).toBe(true);
  });
});
