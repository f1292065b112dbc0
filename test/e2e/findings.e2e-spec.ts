import { ALL_RULES } from '@portolan/findings';
import { WorkerPool } from '@portolan/pool';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { policy, SHOP, uploadAs } from './findings-manifests.js';
import { type GraphqlAnswer, lineOf, QueryServer } from './query-server.js';

let server: QueryServer;
let whole: string;
let part: string;

beforeAll(async () => {
  server = await QueryServer.start();
  whole = await uploadAs(server, 'shop', 'COMPLETE', SHOP);
  part = await uploadAs(server, 'shop', 'PARTIAL', `${SHOP}# a part\n`);
});
afterAll(() => server.close());

/** The connection of a list of findings. */
async function findings(
  id: string,
  args: string,
  selection: string,
): Promise<GraphqlAnswer['data']> {
  return (await server.snapshot(id, `findings${args} { ${selection} }`)).findings;
}

interface Row {
  readonly fingerprint: string;
  readonly severity: string;
  readonly objectName: string;
  readonly rule: { readonly id: string };
}

describe('lintRules', () => {
  it('are the catalogue, in its order', async () => {
    const { lintRules } = await server.data(
      '{ lintRules { id name category defaultSeverity description remediation docsUrl needsCompleteSnapshot } }',
    );
    expect((lintRules as { id: string }[]).map(({ id }) => id)).toEqual(
      ALL_RULES.map(({ id }) => id),
    );
    const { severity, ...rule } = ALL_RULES.find(({ id }) => id === 'NP201')!;
    expect(lintRules).toContainEqual({
      id: rule.id,
      name: rule.name,
      category: rule.category,
      description: rule.description,
      remediation: rule.remediation,
      needsCompleteSnapshot: rule.needsCompleteSnapshot,
      defaultSeverity: severity,
      docsUrl: expect.stringMatching(/^https:.*NP201\.md$/),
    });
  });
});

describe('findings of a snapshot', () => {
  it('tell rule, object, place, fix and everybody who has it', async () => {
    const { nodes, totalCount } = await findings(
      whole,
      '(filter: { rules: ["NP201"], namespaces: ["shop"] })',
      `totalCount nodes {
        id severity confidence message path occurrences fingerprint objectName suppressed { reason }
        rule { id name category } object { __typename id stableKey } fix { text yaml }
        location { path startLine documentIndex }
        others { totalCount nodes { objectName fingerprint object { stableKey } location { startLine } } }
      }`,
    );
    expect(totalCount).toBe(1);
    expect(nodes[0]).toMatchObject({
      rule: { id: 'NP201', name: 'policy-selects-nothing', category: 'SELECTOR' },
      severity: 'HIGH',
      objectName: 'NetworkPolicy shop/one',
      object: { __typename: 'Policy', stableKey: 'policy:shop/NetworkPolicy/one' },
      path: 'spec.podSelector',
      location: { path: 'shop.yaml', startLine: lineOf(SHOP, 'name: one') + 1 },
      occurrences: 2,
      suppressed: null,
      others: {
        totalCount: 1,
        nodes: [
          {
            objectName: 'NetworkPolicy shop/two',
            object: { stableKey: 'policy:shop/NetworkPolicy/two' },
            location: { startLine: lineOf(SHOP, 'name: two') - 2 },
          },
        ],
      },
    });
    const { node } = await server.data('query ($id: ID!) { node(id: $id) { id } }', {
      id: nodes[0].id,
    });
    expect(node).toBeNull();
  });

  it('page through the further objects', async () => {
    const asked = (args: string): Promise<GraphqlAnswer['data']> =>
      findings(
        whole,
        '(filter: { rules: ["NP201"], namespaces: ["shop"] })',
        `nodes { others${args} { totalCount pageInfo { hasNextPage endCursor } nodes { objectName } } }`,
      );
    const { nodes: first } = await asked('(first: 1)');
    const { pageInfo, ...page } = first[0].others;
    expect(page).toEqual({ totalCount: 1, nodes: [{ objectName: 'NetworkPolicy shop/two' }] });
    expect(pageInfo.hasNextPage).toBe(false);
    const { nodes: next } = await asked(`(first: 1, after: "${String(pageInfo.endCursor)}")`);
    expect(next[0].others.nodes).toEqual([]);
  });

  it('have a name, and no object, where a document did not become one', async () => {
    const { nodes } = await findings(
      whole,
      '(filter: { rules: ["NP102"] })',
      'nodes { objectName object { id } location { startLine } others { totalCount } }',
    );
    expect(nodes).toEqual([
      {
        objectName: 'NetworkPolicy shop/broken',
        object: null,
        location: { startLine: lineOf(SHOP, 'podSelektor') },
        others: { totalCount: 0 },
      },
    ]);
  });

  it('are those of the report, in its order, page by page', async () => {
    const { body } = await request(server.url).get(`/v1/snapshots/${whole}/findings`);
    const expected = (body.findings as { fingerprint: string; status: string }[])
      .filter(({ status }) => status === 'OPEN')
      .map(({ fingerprint }) => fingerprint);
    const seen: Row[] = [];
    let after = '';
    let hasNextPage = true;
    while (hasNextPage) {
      const page = await findings(
        whole,
        `(first: 3${after})`,
        'totalCount pageInfo { hasNextPage endCursor } nodes { id fingerprint severity objectName rule { id } }',
      );
      expect(page.totalCount).toBe(expected.length);
      seen.push(...(page.nodes as Row[]));
      ({ hasNextPage } = page.pageInfo);
      after = `, after: "${String(page.pageInfo.endCursor)}"`;
    }
    expect(seen.map(({ fingerprint }) => fingerprint)).toEqual(expected);
    expect(new Set(seen.map((row) => JSON.stringify(row))).size).toBe(expected.length);
    const counts = await findings(whole, '', 'countsBySeverity { critical high medium low info }');
    expect(counts.countsBySeverity).toEqual({
      critical: body.counts.CRITICAL,
      high: body.counts.HIGH,
      medium: body.counts.MEDIUM,
      low: body.counts.LOW,
      info: body.counts.INFO,
    });
  });

  it('are information in a part of a cluster, where the rule needs the whole', async () => {
    const { nodes, caveats } = await findings(
      part,
      '(filter: { rules: ["NP201"] })',
      'caveats { code } nodes { severity }',
    );
    expect(nodes).toEqual([{ severity: 'INFO' }, { severity: 'INFO' }]);
    expect(caveats).toContainEqual({ code: 'SNAPSHOT_PARTIAL' });
  });

  it('leave out what annotations silence, unless they are asked for', async () => {
    const asked = '(filter: { rules: ["NP201"], includeSuppressed: true })';
    const { nodes } = await findings(
      whole,
      asked,
      'nodes { objectName suppressed { reason until } }',
    );
    expect(nodes).toEqual([
      { objectName: 'NetworkPolicy lab/three', suppressed: null },
      { objectName: 'NetworkPolicy shop/one', suppressed: null },
      {
        objectName: 'NetworkPolicy shop/silent',
        suppressed: { reason: 'waits for the roll-out', until: '2099-01-31' },
      },
    ]);
  });

  it('are of the namespaces that are asked about, and name nobody else', async () => {
    const untyped =
      SHOP +
      [policy('plain', 'web', 'lab'), policy('plain', 'web'), policy('too', 'web')]
        .join('')
        .replaceAll(', policyTypes: [Ingress]', '');
    const id = await uploadAs(server, 'spread', 'COMPLETE', untyped);
    const selection =
      'nodes { id objectName occurrences path location { startLine } fix { text yaml } others { nodes { objectName } } }';
    const filter = (more: string): string => `(filter: { rules: ["NP106"]${more} })`;
    const { nodes: both } = await findings(id, filter(''), selection);
    expect(both).toMatchObject([
      {
        objectName: 'NetworkPolicy lab/plain',
        occurrences: 3,
        fix: { yaml: expect.stringContaining('policyTypes') },
        others: {
          nodes: [
            { objectName: 'NetworkPolicy shop/plain' },
            { objectName: 'NetworkPolicy shop/too' },
          ],
        },
      },
    ]);
    const { nodes } = await findings(id, filter(', namespaces: ["shop"]'), selection);
    expect(nodes).toEqual([
      {
        id: expect.any(String),
        objectName: 'NetworkPolicy shop/plain',
        occurrences: 2,
        // What was said of the first one alone.
        path: null,
        fix: { text: both[0].fix.text, yaml: null },
        location: { startLine: lineOf(untyped, 'name: plain, namespace: shop') - 2 },
        others: { nodes: [{ objectName: 'NetworkPolicy shop/too' }] },
      },
    ]);
    expect(nodes[0].id).not.toBe(both[0].id);
    const all = await findings(whole, '(first: 100, filter: { namespaces: ["shop"] })', NAMES);
    expect(all.nodes.length).toBeGreaterThan(3);
    for (const { objectName } of all.nodes as Row[]) expect(objectName).toMatch(/ shop(\/|$)/);
    const none = await findings(whole, '(filter: { namespaces: ["nowhere"] })', 'totalCount');
    expect(none.totalCount).toBe(0);
  });

  it('are as grave as asked, and of the groups that are asked for', async () => {
    const grave = await findings(whole, '(first: 100, filter: { minSeverity: HIGH })', NAMES);
    expect(grave.nodes.length).toBeGreaterThan(0);
    for (const { severity } of grave.nodes as Row[]) expect(severity).toBe('HIGH');
    const open = await findings(whole, '(first: 100, filter: { categories: [ISOLATION] })', NAMES);
    expect(open.nodes.length).toBeGreaterThan(0);
    for (const { rule } of open.nodes as Row[]) expect(rule.id).toMatch(/^NP5/);
  });

  it('refuse a rule that there is not, by its name, and ask nobody', async () => {
    const asking = vi.spyOn(server.server.app.get(WorkerPool), 'findings');
    try {
      const id = await uploadAs(server, 'refused', 'COMPLETE', policy('refused'));
      expect(
        await server.refusal(id, 'findings(filter: { rules: ["NP201", "NP999"] }) { totalCount }'),
      ).toMatchObject({
        code: 'BAD_USER_INPUT',
        reason: 'INVALID',
        argument: 'filter.rules',
        message: expect.stringContaining('NP999'),
      });
      expect(asking).not.toHaveBeenCalled();
    } finally {
      asking.mockRestore();
    }
  });

  it.each([
    ['(first: 0)', 'PAGE_SIZE'],
    ['(first: 101)', 'PAGE_SIZE'],
    ['(after: "x")', 'CURSOR'],
  ])('refuse %s', async (args, reason) => {
    const refusal = await server.refusal(whole, `findings${args} { totalCount }`);
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('are found once for all that ask, and again under another profile', async () => {
    const id = await uploadAs(server, 'profiled', 'COMPLETE', SHOP + policy('profiled'));
    const asking = vi.spyOn(server.server.app.get(WorkerPool), 'findings');
    try {
      const query = 'caveats { code } totalCount';
      const [first] = await Promise.all([1, 2, 3].map(() => findings(id, '', query)));
      await findings(id, '(filter: { minSeverity: HIGH })', query);
      expect(asking).toHaveBeenCalledTimes(1);
      expect(first.caveats).toContainEqual({ code: 'ENFORCEMENT_UNKNOWN' });
      const { cluster } = await server.snapshot(id, 'cluster { id }');
      const { updateCluster } = await server.data(
        'mutation ($id: ID!) { updateCluster(input: { clusterId: $id, profile: { enforcement: NONE } }) { userErrors { message } } }',
        { id: cluster.id },
      );
      expect(updateCluster.userErrors).toEqual([]);
      const then = await findings(id, '(first: 100)', `${query} nodes { rule { id } }`);
      expect(asking).toHaveBeenCalledTimes(2);
      expect(then.caveats).toContainEqual({ code: 'POLICIES_NOT_ENFORCED' });
      // Nothing enforces the policies: a finding of its own.
      expect(then.nodes).toContainEqual({ rule: { id: 'NP801' } });
    } finally {
      asking.mockRestore();
    }
  });

  it('are given up when the client leaves', async () => {
    const id = await uploadAs(server, 'left', 'COMPLETE', SHOP + policy('left'));
    const pool = server.server.app.get(WorkerPool);
    const left = new AbortController();
    let aborted: Promise<unknown> = Promise.resolve();
    const asking = vi.spyOn(pool, 'findings').mockImplementationOnce((_call, { signal } = {}) => {
      aborted = new Promise((resolve) => signal?.addEventListener('abort', resolve));
      left.abort();
      return aborted.then(() => Promise.reject(new Error('given up')));
    });
    const leaving = fetch(`${server.url}/v1/snapshots/${id}/findings`, { signal: left.signal });
    await expect(leaving).rejects.toThrow(/abort/);
    await aborted;
    asking.mockRestore();
    expect((await findings(id, '', 'totalCount')).totalCount).toBeGreaterThan(0);
  });
});

const NAMES = 'nodes { severity objectName rule { id } }';

describe('findings of a diff', () => {
  const silenced = 'NP201=comes later';
  const before =
    SHOP + policy('gone', 'a') + policy('muted', 'b') + policy('spoken', 'c', 'shop', silenced);
  const after =
    SHOP +
    policy('four') +
    policy('muted', 'b', 'shop', silenced) +
    policy('spoken', 'c') +
    policy('hush', 'd', 'shop', silenced);
  let base: string;
  let head: string;

  beforeAll(async () => {
    base = await uploadAs(server, 'diffed', 'COMPLETE', before);
    head = await uploadAs(server, 'diffed', 'COMPLETE', after);
  });

  async function changed(list: string, args: string, to = head): Promise<Row[]> {
    const query = `query ($base: ID!, $head: ID!) { diff(base: { id: $base }, head: { id: $head }) {
      found: ${list}${args} { totalCount nodes { objectName occurrences suppressed { reason } others { totalCount } } }
    } }`;
    const { diff } = await server.data(query, { base, head: to });
    expect(diff.found.totalCount).toBe(diff.found.nodes.length);
    return diff.found.nodes as Row[];
  }
  const only = '(filter: { rules: ["NP201"] })';
  const every = '(filter: { rules: ["NP201"], includeSuppressed: true })';

  it('are new object by object, also where others have had the same', async () => {
    expect(await changed('newFindings', only)).toEqual([
      {
        objectName: 'NetworkPolicy shop/four',
        occurrences: 1,
        suppressed: null,
        others: { totalCount: 0 },
      },
    ]);
  });

  it('are listed with those that the head silences when asked for', async () => {
    const names = (await changed('newFindings', every)).map(({ objectName }) => objectName);
    expect(names).toEqual(['NetworkPolicy shop/four', 'NetworkPolicy shop/hush']);
  });

  it('are fixed when they are gone, and not when they are silenced', async () => {
    const names = (await changed('fixedFindings', every)).map(({ objectName }) => objectName);
    expect(names).toEqual(['NetworkPolicy shop/gone']);
  });

  it('are none between a snapshot and itself', async () => {
    const all = '(first: 100, filter: { includeSuppressed: true })';
    expect(await changed('newFindings', all, base)).toEqual([]);
    expect(await changed('fixedFindings', all, base)).toEqual([]);
  });

  it('are information unless both sides are the whole cluster', async () => {
    const query = `query ($base: ID!, $head: ID!) { diff(base: { id: $base }, head: { id: $head }) {
      newFindings${only} { nodes { objectName severity } caveats { code } }
    } }`;
    const { diff } = await server.data(query, { base: part, head });
    expect(diff.newFindings.nodes).toEqual([
      { objectName: 'NetworkPolicy shop/four', severity: 'INFO' },
      { objectName: 'NetworkPolicy shop/spoken', severity: 'INFO' },
    ]);
    expect(diff.newFindings.caveats).toContainEqual({ code: 'SNAPSHOT_PARTIAL' });
  });

  it('refuse a rule that there is not', async () => {
    for (const list of ['newFindings', 'fixedFindings']) {
      const wrong = `diff(base: { id: "${base}" }) { ${list}(filter: { rules: ["np201"] }) { totalCount } }`;
      expect(await server.refusal(head, wrong)).toMatchObject({
        argument: 'filter.rules',
        message: expect.stringContaining('np201'),
      });
    }
  });

  it('are compared once for both lists', async () => {
    const comparing = vi.spyOn(server.server.app.get(WorkerPool), 'compareFindings');
    try {
      const next = await uploadAs(server, 'diffed', 'COMPLETE', after + policy('five', 'e'));
      const query = `query ($base: ID!, $head: ID!) { diff(base: { id: $base }, head: { id: $head }) {
        newFindings { totalCount countsBySeverity { high } caveats { code } } fixedFindings { totalCount }
      } }`;
      const { diff } = await server.data(query, { base: head, head: next });
      expect(diff.newFindings.countsBySeverity.high).toBeGreaterThan(0);
      expect(diff.newFindings.caveats).toContainEqual({ code: 'ENFORCEMENT_UNKNOWN' });
      expect(comparing).toHaveBeenCalledTimes(1);
    } finally {
      comparing.mockRestore();
    }
  });

  it('know workloads that came without protection, which only a base can tell', async () => {
    const newcomer = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: newcomer, namespace: shop }
spec: { selector: { matchLabels: { app: newcomer } }, template: { metadata: { labels: { app: newcomer } }, spec: { containers: [{ name: main }] } } }
`;
    const guarded = SHOP + policy('guard', 'web');
    const from = await uploadAs(server, 'guarded', 'COMPLETE', guarded);
    const next = await uploadAs(server, 'guarded', 'COMPLETE', guarded + newcomer);
    const { diff } = await server.data(
      `query ($base: ID!, $head: ID!) { diff(base: { id: $base }, head: { id: $head }) {
        newFindings(filter: { rules: ["NP507"] }) { nodes { objectName object { __typename } } }
      } }`,
      { base: from, head: next },
    );
    expect(diff.newFindings.nodes).toEqual([
      { objectName: 'Deployment shop/newcomer', object: { __typename: 'Workload' } },
    ]);
  });
});
