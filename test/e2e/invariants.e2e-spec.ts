import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TryFolder } from '../../apps/cli/src/terminal.test-support.js';
import type { QueryServer } from './query-server.js';
import { CLUSTER, databasePolicy, postReview, startReviewServer } from './review-server.js';

const POLICY = 'deploy/data/policies.yaml';
const GOOD = databasePolicy({ dash: false });
const DASHED = databasePolicy({ dash: true });
const FILE = `apiVersion: portolan/v1
invariants:
  - name: checkout-only
    description: PCI
    assert: onlyReachableFrom
    from: { workload: { namespace: shop, name: checkout } }
    to: { namespace: data, podSelector: { matchLabels: { app: postgres } } }
    traffic: { protocol: TCP, port: 5432 }
`;
const CREATE = `mutation ($input: CreateChangeReviewInput!) {
  createChangeReview(input: $input) { userErrors { code message field } review { conclusion
    gates { rule passed violations { nodes { text place { path startLine } } } }
    annotations { nodes { rule path startLine } }
    invariants { totalCount nodes { name description severity kind assertion standing status previousStatus isNewlyBroken
      acceptedBy counterexampleCount isCountComplete unmatched place { side path startLine }
      counterexamples { kind from to traffic { text } directions causes { rule place { path startLine } } } } } } } }`;
const INLINE = {
  name: 'checkout-only',
  kind: 'ONLY_REACHABLE_FROM',
  from: [{ workload: { namespace: 'shop', name: 'checkout' } }],
  to: [{ selector: { namespaces: 'kubernetes.io/metadata.name=data', pods: 'app=postgres' } }],
  traffic: { protocol: 'TCP', port: 5432 },
};

let server: QueryServer;
beforeAll(async () => {
  server = await startReviewServer({ config: { maxInlineBytes: 2_000_000 } });
  await server.upload('prod', 'cluster.yaml', `${CLUSTER}---\n${GOOD}`);
});
afterAll(() => server.close());

async function create(input: object) {
  const manifests = (content: string) => ({
    overlay: {
      base: { latestOf: { cluster: 'prod' } },
      manifests: { files: [{ path: POLICY, content }] },
    },
  });
  const { createChangeReview } = await server.data(CREATE, {
    input: { cluster: 'prod', base: manifests(GOOD), head: manifests(DASHED), ...input },
  });
  return createChangeReview;
}

describe('invariants of createChangeReview', () => {
  it('are asked about both states, and fail what a change breaks', async () => {
    const { review, userErrors } = await create({ invariants: [INLINE] });
    expect(userErrors).toEqual([]);
    expect(review.conclusion).toBe('FAILURE');
    const [invariant] = review.invariants.nodes;
    expect(invariant).toMatchObject({
      severity: 'HIGH',
      standing: 'IN_FORCE',
      status: 'BROKEN',
      previousStatus: 'HOLDS',
      isNewlyBroken: true,
      acceptedBy: null,
      counterexampleCount: 1,
      counterexamples: [
        {
          kind: 'ALLOWED',
          from: 'shop/web (Deployment)',
          to: 'data/postgres (Deployment)',
          traffic: { text: 'TCP 5432' },
          causes: [{ rule: 'spec.ingress[0].from[0]', place: { path: POLICY } }],
        },
      ],
    });
    expect(review.gates).toContainEqual(
      expect.objectContaining({
        rule: 'NO_BROKEN_INVARIANTS',
        passed: false,
        violations: {
          nodes: [expect.objectContaining({ place: expect.objectContaining({ path: POLICY }) })],
        },
      }),
    );
    expect(review.annotations.nodes).toContainEqual(
      expect.objectContaining({ rule: 'broken-invariant', path: POLICY }),
    );
  });

  it('of a file count when they are of its base, and can be accepted', async () => {
    const { review: ofHead } = await create({ invariantsFile: { head: FILE } });
    expect([ofHead.conclusion, ofHead.invariants.nodes[0].standing]).toEqual([
      'SUCCESS',
      'PROPOSED',
    ]);
    const { review: ofBase } = await create({ invariantsFile: { base: FILE } });
    expect([ofBase.conclusion, ofBase.invariants.nodes[0].standing]).toEqual([
      'FAILURE',
      'REMOVED',
    ]);
    const exceptions = `apiVersion: portolan/v1\nexceptions: [{ id: agreed, match: { invariant: checkout-only }, reason: r, expires: 2027-01-31 }]\n`;
    const { review: accepted } = await create({
      invariantsFile: { base: FILE, head: FILE },
      exceptionsFile: { base: exceptions },
      today: '2026-03-01',
    });
    expect(accepted.invariants.nodes[0]).toMatchObject({
      status: 'ACCEPTED',
      acceptedBy: 'agreed',
    });
    expect(accepted.conclusion).toBe('SUCCESS');
  });

  it('refuses what is not understood', async () => {
    const broken = await create({ invariantsFile: { base: 'invariants: 1' } });
    expect(broken.userErrors[0].message).toContain('the file of invariants is not understood');
    const twice = await create({ invariants: [INLINE], invariantsFile: { base: FILE } });
    expect(twice.userErrors[0].message).toContain('another invariant has the name checkout-only');
    const { userErrors } = await create({ invariants: [{ ...INLINE, kind: 'MUST_BE_ISOLATED' }] });
    expect(userErrors[0].message).toContain('mustBeIsolated');
  });
});

describe('invariants by REST', () => {
  it('are the same', async () => {
    const of = async (base: string | null, head: string | null) => {
      const options = {
        cluster: 'prod',
        overlay: { latestOf: 'prod' },
        invariants: { base, head },
      };
      const answer = await postReview(server.url, {
        options,
        base: { [POLICY]: GOOD },
        head: { [POLICY]: DASHED },
      });
      return { answer, body: JSON.parse(String(answer.body)) };
    };
    const broken = await of(FILE, FILE);
    expect(broken.answer.headers['portolan-conclusion']).toBe('FAILURE');
    expect(broken.body.invariants).toMatchObject([
      {
        name: 'checkout-only',
        status: 'BROKEN',
        isNewlyBroken: true,
        place: { path: '.portolan/invariants.yaml' },
      },
    ]);
    const proposed = await of(null, FILE);
    expect(proposed.answer.headers['portolan-conclusion']).toBe('SUCCESS');
    const wrong = await of('invariants: 1', null);
    expect([wrong.answer.status, wrong.body.detail]).toEqual([
      422,
      expect.stringContaining('.portolan/invariants.yaml:1'),
    ]);
  });

  it('go there with the command line, and say what they say without a server', async () => {
    const folder = new TryFolder().write({
      'base/p.yaml': GOOD,
      'base/i.yaml': FILE,
      'head/p.yaml': DASHED,
      'cluster.yaml': `${CLUSTER}---\n${GOOD}`,
    });
    try {
      const diff = [
        'diff',
        '--base',
        'base',
        '--head',
        'head',
        '--invariants',
        'i.yaml',
        '-o',
        'json',
      ];
      const there = await folder.run([...diff, '--overlay', 'cluster:prod'], {
        server: server.url,
      });
      const here = await folder.run([...diff, '--overlay', 'cluster.yaml']);
      expect([there.errors, there.code, here.code]).toEqual(['', 1, 1]);
      expect(JSON.parse(there.out).invariants).toEqual(JSON.parse(here.out).invariants);
    } finally {
      folder.remove();
    }
  });
});
