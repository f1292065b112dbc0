import { WorkerPool } from '@portolan/pool';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fixture, type GraphqlAnswer, lineOf, QueryServer } from './query-server.js';

const SHOP = fixture('shop.yaml');
const CATALOG = 'workload: { namespace: "shop", name: "catalog" }';
const CART = 'workload: { namespace: "shop", name: "cart" }';
const FRONTEND = 'workload: { namespace: "shop", name: "frontend" }';
const POSTGRES = 'workload: { namespace: "data", name: "postgres" }';

let server: QueryServer;
let id: string;
let otherId: string;

beforeAll(async () => {
  server = await QueryServer.start();
  id = await server.upload('shop', 'shop.yaml', SHOP);
  otherId = await server.upload('other', 'shop.yaml', SHOP.replaceAll('9000', '9001'));
});
afterAll(() => server.close());

function snapshot(selection: string): Promise<GraphqlAnswer['data']> {
  return server.snapshot(id, selection);
}

/** Rows as `source → destination: traffic`. */
async function rows(field: string): Promise<string[]> {
  const { found } = await snapshot(
    `found: ${field} { nodes { source { displayName } destination { displayName } traffic { text } } }`,
  );
  return (found.nodes as Row[]).map(
    ({ source, destination, traffic }) =>
      `${source.displayName} → ${destination.displayName}: ${traffic.text}`,
  );
}

interface Row {
  readonly source: { readonly displayName: string };
  readonly destination: { readonly displayName: string };
  readonly traffic: { readonly text: string };
}

describe('whoCanReach', () => {
  it('has one row for each workload that is let in, with the rules that do it', async () => {
    const { whoCanReach } = await snapshot(`whoCanReach(target: { ${CATALOG} }) {
      totalCount
      pageInfo { hasNextPage }
      caveats { code }
      nodes {
        source { __typename stableKey displayName ... on Workload { namespace { name } } }
        destination { __typename stableKey }
        traffic { text isAll isEmpty ranges { protocol from to } }
        egressReason { code rules { peerPath } }
        ingressReason { code rules { peerPath policy { name } rule { path location { path startLine } } traffic { text } } }
        caveats { code }
      }
    }`);
    expect(whoCanReach.totalCount).toBe(2);
    expect(whoCanReach.pageInfo.hasNextPage).toBe(false);
    expect(whoCanReach.caveats).toContainEqual({ code: 'ENFORCEMENT_UNKNOWN' });
    expect(whoCanReach.nodes[0]).toEqual({
      source: {
        __typename: 'Workload',
        stableKey: 'workload:monitoring/Deployment/scraper',
        displayName: 'monitoring/scraper (Deployment)',
        namespace: { name: 'monitoring' },
      },
      destination: { __typename: 'Workload', stableKey: 'workload:shop/Deployment/catalog' },
      traffic: {
        text: 'TCP 9100-9110',
        isAll: false,
        isEmpty: false,
        ranges: [{ protocol: 'TCP', from: 9100, to: 9110 }],
      },
      egressReason: { code: 'NOT_ISOLATED', rules: [] },
      ingressReason: {
        code: 'ALLOWED_BY_POLICY',
        rules: [
          {
            peerPath: 'spec.ingress[1].from[0]',
            policy: { name: 'catalog-clients' },
            rule: {
              path: 'spec.ingress[1]',
              location: {
                path: 'shop.yaml',
                startLine: lineOf(SHOP, 'namespaceSelector: { matchLabels: { purpose') - 1,
              },
            },
            traffic: { text: 'TCP 9100-9110' },
          },
        ],
      },
      caveats: [],
    });
  });

  it('tells addresses outside the cluster as merged networks', async () => {
    const { whoCanReach } = await snapshot(`whoCanReach(target: { ${FRONTEND} }) {
      caveats { code docsUrl message }
      nodes { source { __typename stableKey ... on ExternalNetwork { cidrs includesInternet } } traffic { text } }
    }`);
    expect(whoCanReach.nodes).toHaveLength(1);
    const [{ source, traffic }] = whoCanReach.nodes;
    expect(source).toMatchObject({ __typename: 'ExternalNetwork', includesInternet: true });
    expect(source.cidrs).toContain('128.0.0.0/1');
    expect(source.cidrs).not.toContain('0.0.0.0/0');
    expect(source.stableKey).toBe(`cidr:${(source.cidrs as string[]).join(',')}`);
    // The port name `http` is 8080 on the frontend's pods.
    expect(traffic).toEqual({ text: 'TCP 8080,8443' });
    expect(whoCanReach.caveats).toContainEqual({
      code: 'POD_ADDRESS_UNKNOWN',
      docsUrl: '/docs/caveats#pod_address_unknown',
      message: expect.stringContaining('ipBlock'),
    });
  });

  it('cuts to the traffic asked about', async () => {
    const asked = (traffic: string): Promise<string[]> =>
      rows(`whoCanReach(target: { ${CATALOG} }, traffic: { ${traffic} })`);
    expect(await asked('protocol: TCP, port: 9000')).toEqual([
      'shop/frontend (Deployment) → shop/catalog (Deployment): TCP 9000',
    ]);
    expect(await asked('protocol: TCP, port: 9105, endPort: 9200')).toEqual([
      'monitoring/scraper (Deployment) → shop/catalog (Deployment): TCP 9105-9110',
    ]);
    expect(await asked('portName: "metrics"')).toEqual([
      'monitoring/scraper (Deployment) → shop/catalog (Deployment): TCP 9100',
    ]);
    expect(await asked('protocol: UDP')).toEqual([]);
  });

  it('groups by pod and by namespace', async () => {
    const field = `whoCanReach(target: { namespace: "data" }, groupBy: NAMESPACE)`;
    expect(await rows(field)).toEqual(['shop → data: TCP 5432']);
    const pods = `reachableFrom(source: { ${CART} }, groupBy: POD, peers: { external: false, namespaces: ["data"] })`;
    expect(await rows(pods)).toEqual([
      'shop/cart (Deployment) → data/postgres-0: TCP 5432',
      'shop/cart (Deployment) → data/postgres-1: TCP 5432',
    ]);
  });

  it('pages through its rows', async () => {
    const first = await snapshot(
      `whoCanReach(target: { ${CATALOG} }, first: 1) { totalCount edges { cursor } pageInfo { hasNextPage endCursor } }`,
    );
    const { hasNextPage, endCursor } = first.whoCanReach.pageInfo;
    expect(first.whoCanReach.totalCount).toBe(2);
    expect(hasNextPage).toBe(true);
    expect(
      await rows(`whoCanReach(target: { ${CATALOG} }, first: 1, after: "${String(endCursor)}")`),
    ).toEqual(['shop/frontend (Deployment) → shop/catalog (Deployment): TCP 9000']);
  });

  it('is asked of a workload as well', async () => {
    const { workload } = await snapshot(`workload(namespace: "data", name: "postgres") {
      reachableBy { nodes { source { displayName } } }
      canReach { totalCount }
    }`);
    expect(workload.reachableBy.nodes).toEqual([
      { source: { displayName: 'shop/cart (Deployment)' } },
      { source: { displayName: 'shop/catalog (Deployment)' } },
    ]);
    expect(workload.canReach.totalCount).toBe(0);
  });
});

describe('reachableFrom', () => {
  it('has workloads and networks', async () => {
    const found = await rows(`reachableFrom(source: { ${CART} })`);
    expect(found).toEqual([
      'shop/cart (Deployment) → data/postgres (StatefulSet): TCP 5432',
      'shop/cart (Deployment) → monitoring/scraper (Deployment): UDP 53',
      'shop/cart (Deployment) → every address: UDP 53',
    ]);
  });

  it('leaves out what the scope leaves out', async () => {
    const field = `reachableFrom(source: { ${CART} }, peers: { external: false, namespaces: ["monitoring"] })`;
    expect(await rows(field)).toEqual([
      'shop/cart (Deployment) → monitoring/scraper (Deployment): UDP 53',
    ]);
  });
});

describe('endpoints', () => {
  async function reachesPostgres(from: string): Promise<string> {
    const { canReach } = await snapshot(
      `canReach(from: { ${from} }, to: { ${POSTGRES} }, traffic: { protocol: TCP, port: 5432 }) { verdict }`,
    );
    return canReach.verdict as string;
  }

  const verdicts: [from: string, verdict: string][] = [
    [CART, 'ALLOWED'],
    ['workload: { namespace: "shop", name: "report", kind: CRON_JOB }', 'DENIED'],
    ['namespace: "shop"', 'PARTIAL'],
    ['selector: { pods: "app in (cart,catalog)" }', 'ALLOWED'],
    ['selector: { namespaces: "team=shop", pods: "app!=frontend" }', 'PARTIAL'],
    ['selector: { namespaces: "purpose" }', 'DENIED'],
    ['cidr: "192.0.2.7"', 'DENIED'],
    ['internet: true', 'DENIED'],
  ];
  it.each(verdicts)('{ %s } → postgres: %s', async (from, verdict) => {
    expect(await reachesPostgres(from)).toBe(verdict);
  });

  it('a pod is found by name and by its address', async () => {
    const field = (to: string): string =>
      `canReach(from: { ${CART} }, to: { ${to} }, traffic: { protocol: TCP, port: 5432 }) { verdict }`;
    const { byName, byAddress } = await snapshot(`
      byName: ${field('pod: { namespace: "data", name: "postgres-0" }')}
      byAddress: ${field('cidr: "10.1.0.10"')}`);
    expect([byName.verdict, byAddress.verdict]).toEqual(['ALLOWED', 'ALLOWED']);
  });

  it('several pods of a network or selector are one endpoint', async () => {
    const { whoCanReach } =
      await snapshot(`whoCanReach(target: { cidr: "10.1.0.0/24" }, peers: { external: false, namespaces: ["shop"] }) {
      nodes { destination { __typename displayName ... on PodSelection { podCount } } }
    }`);
    expect(whoCanReach.nodes[0].destination).toEqual({
      __typename: 'PodSelection',
      displayName: '10.1.0.0/24',
      podCount: 2,
    });
  });

  it('an id names the object that it is of', async () => {
    const { workload, pods, namespace } = await snapshot(
      `workload(namespace: "shop", name: "cart") { id } pods(first: 1) { nodes { id } } namespace(name: "shop") { id }`,
    );
    expect(await reachesPostgres(`id: "${String(workload.id)}"`)).toBe('ALLOWED');
    expect(await reachesPostgres(`id: "${String(namespace.id)}"`)).toBe('PARTIAL');
    expect(await reachesPostgres(`id: "${String(pods.nodes[0].id)}"`)).toBe('DENIED');
  });
});

describe('canReach', () => {
  it('explains what admits the traffic, with file and line', async () => {
    const { canReach } =
      await snapshot(`canReach(from: { ${FRONTEND} }, to: { ${CATALOG} }, traffic: { protocol: TCP, port: 9000 }) {
      verdict allowed { text } denied { text isEmpty }
      explanation {
        text source destination
        egress { direction verdict isolated isolatedBy { name } allowedBy { peerPath } nearMisses { reason } }
        ingress { direction verdict isolated isolatedBy { name } allowedBy { peerPath policy { name } rule { path } traffic { text } } }
      }
      caveats { code }
    }`);
    expect(canReach).toMatchObject({
      verdict: 'ALLOWED',
      allowed: { text: 'TCP 9000' },
      denied: { isEmpty: true },
      explanation: {
        egress: { direction: 'EGRESS', verdict: 'ALLOWED', isolated: false, isolatedBy: [] },
        ingress: {
          direction: 'INGRESS',
          verdict: 'ALLOWED',
          isolated: true,
          isolatedBy: [{ name: 'catalog-clients' }, { name: 'default-deny' }],
          allowedBy: [
            {
              peerPath: 'spec.ingress[0].from[0]',
              policy: { name: 'catalog-clients' },
              rule: { path: 'spec.ingress[0]' },
              traffic: { text: 'TCP 9000' },
            },
          ],
        },
      },
      caveats: expect.arrayContaining([{ code: 'ENFORCEMENT_UNKNOWN' }]),
    });
    const line = lineOf(SHOP, 'podSelector: { matchLabels: { app: frontend } }\n      ports');
    expect(canReach.explanation.text).toContain(`shop.yaml:${String(line)}`);
  });

  it('tells a rule that came close, by label', async () => {
    const { canReach } =
      await snapshot(`canReach(from: { ${CART} }, to: { ${CATALOG} }, traffic: { protocol: TCP, port: 9000 }) {
      verdict denied { text }
      explanation { text egress { verdict isolated } ingress { verdict nearMisses { reason detail peerPath policy { name } rule { path location { startLine } } } } }
    }`);
    expect(canReach.verdict).toBe('DENIED');
    expect(canReach.denied).toEqual({ text: 'TCP 9000' });
    expect(canReach.explanation.egress).toEqual({ verdict: 'DENIED', isolated: true });
    expect(canReach.explanation.ingress.nearMisses[0]).toEqual({
      reason: 'POD_LABEL',
      detail: expect.stringContaining('app=frontend'),
      peerPath: 'spec.ingress[0].from[0]',
      policy: { name: 'catalog-clients' },
      rule: {
        path: 'spec.ingress[0]',
        location: {
          startLine:
            lineOf(SHOP, 'podSelector: { matchLabels: { app: frontend } }\n      ports') - 1,
        },
      },
    });
  });

  it('tells a rule that came close, by port', async () => {
    const { canReach } =
      await snapshot(`canReach(from: { ${FRONTEND} }, to: { ${CATALOG} }, traffic: { protocol: TCP, port: 9100 }) {
      verdict explanation { ingress { nearMisses { reason } } }
    }`);
    expect(canReach.verdict).toBe('DENIED');
    expect(canReach.explanation.ingress.nearMisses).toContainEqual({ reason: 'PORT' });
  });

  it('does not decide what the API leaves undefined', async () => {
    const { canReach } = await snapshot(
      `canReach(from: { ${FRONTEND} }, to: { ${CATALOG} }, traffic: { protocol: OTHER }) { verdict caveats { code } }`,
    );
    expect(canReach.verdict).toBe('UNKNOWN');
    expect(canReach.caveats).toContainEqual({ code: 'NON_IP_PROTOCOL_UNDEFINED' });
  });
});

describe('canReachMany', () => {
  const QUERY = `query ($id: ID!, $questions: [ReachabilityQuestionInput!]!) {
    snapshot(ref: { id: $id }) { canReachMany(questions: $questions) { verdict } }
  }`;
  const cart = { workload: { namespace: 'shop', name: 'cart' } };
  const postgres = { workload: { namespace: 'data', name: 'postgres' } };
  const question = (port: number): object => ({
    from: cart,
    to: postgres,
    traffic: { protocol: 'TCP', port },
  });

  it('answers in the order of the questions', async () => {
    const ports = [5432, 5433, 5432, 80];
    const { snapshot: answered } = await server.data(QUERY, {
      id,
      questions: ports.map(question),
    });
    expect(answered.canReachMany).toEqual(
      ['ALLOWED', 'DENIED', 'ALLOWED', 'DENIED'].map((verdict) => ({ verdict })),
    );
  });

  it('takes 500 questions and no more', async () => {
    const ask = (count: number): Promise<GraphqlAnswer> =>
      server.ask(QUERY, { id, questions: Array.from({ length: count }, () => question(5432)) });
    const { data } = await ask(500);
    expect(data.snapshot.canReachMany).toHaveLength(500);
    const { errors } = await ask(501);
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'questions',
    });
  });

  it('says which question is wrong', async () => {
    const bad = { ...question(1), to: { namespace: 'nowhere' } };
    const { errors } = await server.ask(QUERY, { id, questions: [question(1), bad] });
    expect(errors?.[0]?.extensions).toMatchObject({
      reason: 'NOT_FOUND',
      argument: 'questions[1].to',
    });
  });
});

describe('allowedAccess', () => {
  it('has every pair, by workload', async () => {
    const found = await rows(
      'allowedAccess(filter: { peers: { external: false }, to: { namespace: "data" } })',
    );
    expect(found).toEqual([
      'shop/cart (Deployment) → data/postgres (StatefulSet): TCP 5432',
      'shop/catalog (Deployment) → data/postgres (StatefulSet): TCP 5432',
    ]);
  });

  it('filters by crossing of namespaces, and groups', async () => {
    const found = await rows(
      'allowedAccess(groupBy: NAMESPACE, filter: { crossNamespace: true, peers: { external: false }, traffic: { protocol: TCP, port: 5432 } })',
    );
    expect(found).toEqual(['shop → data: TCP 5432', 'shop → monitoring: TCP 5432']);
  });

  it('gives the same page twice, from memory the second time', async () => {
    const field = 'allowedAccess(first: 3)';
    expect(await rows(field)).toEqual(await rows(field));
  });
});

describe('questions that cannot be answered', () => {
  const wrong: [field: string, reason: string, argument: string, says: string][] = [
    [
      'whoCanReach(target: { workload: { namespace: "shop", name: "catlog" } })',
      'NOT_FOUND',
      'target',
      'Did you mean shop/catalog?',
    ],
    [
      'whoCanReach(target: { workload: { namespace: "shop", name: "postgres" } })',
      'NOT_FOUND',
      'target',
      'Did you mean data/postgres?',
    ],
    [
      'whoCanReach(target: { workload: { namespace: "shop", name: "cart", kind: DAEMON_SET } })',
      'NOT_FOUND',
      'target',
      'DEPLOYMENT',
    ],
    [
      'reachableFrom(source: { workload: { namespace: "shop", name: "report" } })',
      'INVALID',
      'source',
      'DEPLOYMENT, CRON_JOB',
    ],
    [
      'reachableFrom(source: { pod: { namespace: "data", name: "postgres-2" } })',
      'NOT_FOUND',
      'source',
      'data/postgres-0',
    ],
    [
      'reachableFrom(source: { pod: { namespace: "shop", name: "cart" } })',
      'NOT_FOUND',
      'source',
      'Ask for the workload',
    ],
    ['whoCanReach(target: { namespace: "shp" })', 'NOT_FOUND', 'target', 'Did you mean shop?'],
    ['whoCanReach(target: { cidr: "10.0.0/8" })', 'INVALID', 'target', 'no network'],
    ['whoCanReach(target: { internet: false })', 'INVALID', 'target', '`internet`'],
    ['whoCanReach(target: { id: "x" })', 'INVALID', 'target', '`id`'],
    [
      'whoCanReach(target: { selector: { pods: "app in web" } })',
      'INVALID',
      'target.selector.pods',
      'label selector',
    ],
    [`whoCanReach(target: { ${CART} }, traffic: { port: 0 })`, 'INVALID', 'traffic', '65535'],
    [
      `whoCanReach(target: { ${CART} }, traffic: { port: 80, portName: "http" })`,
      'INVALID',
      'traffic',
      'exclude',
    ],
    [`whoCanReach(target: { ${CART} }, first: 101)`, 'PAGE_SIZE', 'first', '100'],
    [`whoCanReach(target: { ${CART} }, after: "MQ")`, 'CURSOR', 'after', 'cursor'],
    [
      'allowedAccess(filter: { to: { namespace: "nowhere" } })',
      'NOT_FOUND',
      'filter.to',
      'nowhere',
    ],
  ];
  it.each(wrong)('%s', async (field, reason, argument, says) => {
    const refusal = await server.refusal(id, `${field} { totalCount }`);
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', reason, argument });
    expect(refusal.message).toContain(says);
  });

  it('an id of another snapshot', async () => {
    const other = await server.snapshot(
      otherId,
      'workload(namespace: "shop", name: "cart") { id }',
    );
    const field = `whoCanReach(target: { id: "${String(other.workload.id)}" }) { totalCount }`;
    expect(await server.refusal(id, field)).toMatchObject({
      reason: 'INVALID',
      message: expect.stringContaining('another snapshot'),
    });
  });

  it('an endpoint of two sorts, or of none', async () => {
    for (const target of ['namespace: "shop", internet: true', '']) {
      const { code } = await server.refusal(
        id,
        `whoCanReach(target: { ${target} }) { totalCount }`,
      );
      expect(code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });
});

describe('a heavy question', () => {
  const heavy = [
    'allowedAccess(first: 7) { totalCount }',
    'exposures(first: 7) { totalCount }',
    `blastRadius(source: { ${CART} }) { internetHop }`,
  ];
  it.each(heavy)('is given up when the client leaves: %s', async (question) => {
    const left = new AbortController();
    let aborted: Promise<unknown> = Promise.resolve();
    const asking = vi
      .spyOn(server.server.app.get(WorkerPool), 'ask')
      .mockImplementationOnce((_index, _question, { signal } = {}) => {
        aborted = new Promise((resolve) => signal?.addEventListener('abort', resolve));
        left.abort();
        return aborted.then(() => Promise.reject(new Error('given up')));
      });
    const leaving = fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `{ snapshot(ref: { id: "${id}" }) { ${question} } }` }),
      signal: left.signal,
    });
    await expect(leaving).rejects.toThrow(/abort/);
    await aborted;
    asking.mockRestore();
  });
});
