import { Analysis, buildIndex } from '@portolan/engine';
import { DEFAULT_MANIFEST_LIMITS, type ManifestLayer, readLayers } from '@portolan/manifests';
import { writeReview } from '@portolan/report';
import { GATES, reviewChange } from '@portolan/review';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import type { Answer } from './test-server.js';
import type { QueryServer } from './query-server.js';
import {
  CLOSED_LAB,
  CLUSTER,
  databasePolicy,
  postReview,
  startReviewServer,
} from './review-server.js';

let server: QueryServer;
let snapshot: string;
beforeAll(async () => {
  server = await startReviewServer({ config: { maxInlineBytes: 2_000_000 } });
  const stored = [CLUSTER, databasePolicy({ dash: false }), CLOSED_LAB].join('---\n');
  snapshot = await server.upload('prod', 'cluster.yaml', stored);
});
afterAll(() => server.close());

const REVIEW = `id __typename status conclusion exitCode summary path commentMarker url expiresAt createdAt
  cluster { slug } git { repository commit pullRequest } error { code message }
  job { id kind status pollAfterMs result { id } progress { phase } }
  opened { totalCount nodes { kind severity pairs reasons exceptions fingerprint
    source { text isExternal } destination { text members } opened { text }
    causes { change object rule place { side path startLine } } } }
  closed { totalCount } altered { totalCount } caveats { code }
  gates { rule action passed message violations { totalCount nodes { text place { path startLine } } } }
  annotations { totalCount pageInfo { hasNextPage } nodes { path startLine level severity rule title message fingerprint } }`;
const CREATE = `mutation ($input: CreateChangeReviewInput!) {
  createChangeReview(input: $input) { clientMutationId review { ${REVIEW} } userErrors { code message field } } }`;

const POLICY = 'deploy/data/policies.yaml';
const files = (content: string) => ({ files: [{ path: POLICY, content }] });
const over = (content: string, rest: object = {}) => ({
  overlay: { base: { latestOf: { cluster: 'prod' } }, manifests: files(content), ...rest },
});
const DASHED = databasePolicy({ dash: true });
const GOOD = databasePolicy({ dash: false });

async function create(input: object, on: QueryServer = server): Promise<Answer> {
  const { createChangeReview } = await on.data(CREATE, {
    input: { cluster: 'prod', path: 'deploy', ...input },
  });
  return createChangeReview;
}

function codesOf({ caveats }: Answer): string[] {
  return (caveats as readonly { code: string }[]).map(({ code }) => code);
}

describe('createChangeReview', () => {
  it('reviews a change over the latest state of the cluster', async () => {
    const { review, userErrors, clientMutationId } = await create({
      base: over(GOOD),
      head: over(DASHED),
      gates: [
        { rule: 'NO_NEW_CROSS_NAMESPACE_ACCESS', minSeverity: 'HIGH' },
        { rule: 'NO_CLOSED_ACCESS', action: 'WARN' },
        { rule: 'NO_ACCESS_CHANGE', action: 'OFF' },
      ],
      git: { repository: 'github.com/acme/deploy', pullRequest: 7 },
      clientMutationId: 'm',
    });
    expect(userErrors).toEqual([]);
    expect(clientMutationId).toBe('m');
    expect(review).toMatchObject({
      __typename: 'ChangeReview',
      status: 'COMPLETED',
      conclusion: 'FAILURE',
      exitCode: 1,
      path: 'deploy',
      commentMarker: '<!-- portolan-review:prod:deploy -->',
      url: `/v1/reviews/${review.id}`,
      cluster: { slug: 'prod' },
      git: { repository: 'github.com/acme/deploy', commit: null, pullRequest: 7 },
      error: null,
      job: { kind: 'REVIEW', status: 'COMPLETED', pollAfterMs: 0, result: { id: review.id } },
    });
    expect(Date.parse(review.expiresAt) - Date.parse(review.createdAt)).toBe(14 * 86_400_000);
    const line = DASHED.split('\n').findIndex((text) => text.includes('- namespaceSelector')) + 1;
    expect(review.gates).toMatchObject([
      {
        rule: 'NO_NEW_CROSS_NAMESPACE_ACCESS',
        action: 'FAIL',
        passed: false,
        violations: { nodes: [{ place: { path: POLICY, startLine: line } }] },
      },
      { rule: 'NO_CLOSED_ACCESS', action: 'WARN' },
    ]);
    const [row] = review.opened.nodes;
    expect(row.destination.text).toContain('data/postgres');
    expect(row.causes[0]).toMatchObject({
      object: 'NetworkPolicy data/postgres',
      change: 'CHANGED',
    });
    expect(review.annotations.nodes[0]).toMatchObject({ path: POLICY, startLine: line });
    expect(codesOf(review)).not.toContain('SNAPSHOT_PARTIAL');
  });

  it('writes the report in every format, as REST does', async () => {
    const { review } = await create({ base: over(GOOD), head: over(DASHED), today: '2026-03-01' });
    const formats = [
      'MARKDOWN',
      'TEXT',
      'JSON',
      'SARIF',
      'JUNIT',
      'GITLAB_CODE_QUALITY',
      'CSV',
      'DOT',
    ];
    const { changeReview } = await server.data(
      `query ($id: ID!) { changeReview(id: $id) { ${formats.map((format) => `${format}: report(format: ${format})`).join(' ')} } }`,
      { id: review.id },
    );
    for (const format of formats) expect(changeReview[format].length).toBeGreaterThan(20);
    const rest = await request(server.url).get(review.url);
    expect(rest.text).toBe(changeReview.JSON);
    const { errors } = await server.ask(
      `query ($id: ID!) { changeReview(id: $id) { report(maxLength: 10) } }`,
      { id: review.id },
    );
    expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'maxLength' });
  });

  it('gives REST the same report as the same change by GraphQL', async () => {
    const { review } = await create({ base: over(GOOD), head: over(DASHED), today: '2026-03-01' });
    const rest = await postReview(server.url, {
      options: { cluster: 'prod', path: 'deploy', overlay: { snapshot }, today: '2026-03-01' },
      base: { [POLICY]: GOOD },
      head: { [POLICY]: DASHED },
    });
    const { text } = await request(server.url).get(review.url);
    expect(rest.body).toBe(text);
  });

  it('says what the command line says of the same manifests over the same dump', async () => {
    const dump = [CLUSTER, GOOD, CLOSED_LAB].join('---\n');
    const layer = (
      text: string,
      path = POLICY,
      effect: 'ADD' | 'REMOVE' = 'ADD',
    ): ManifestLayer => {
      const content = Buffer.from(text);
      return { source: { kind: 'files', files: [{ path, content }] }, effect };
    };
    const before = [GOOD, CLOSED_LAB].join('---\n');
    const state = async (name: string, layers: readonly ManifestLayer[]) => {
      const content = await readLayers(
        [layer(dump, 'cluster.yaml'), ...layers],
        DEFAULT_MANIFEST_LIMITS,
      );
      const segments = content.parts.map(({ namespace, segment }) => ({ namespace, ...segment }));
      return { name, content, analysis: new Analysis(buildIndex(segments)) };
    };
    const offline = reviewChange({
      cluster: 'prod',
      path: 'deploy',
      base: await state('deploy over prod', [layer(before)]),
      head: await state('deploy over prod', [layer(before, POLICY, 'REMOVE'), layer(DASHED)]),
      isWholeCluster: true,
      gates: { failOn: GATES.map(({ name }) => name), warnOn: [] },
      exceptions: { base: [], head: [] },
      invariants: { base: [], head: [] },
      today: '2026-03-01',
      changedPaths: new Set([POLICY]),
      notes: [],
    });
    const rest = await postReview(server.url, {
      options: {
        cluster: 'prod',
        path: 'deploy',
        overlay: { latestOf: 'prod' },
        prune: { folder: true },
        failOn: GATES.map(({ name }) => name),
        today: '2026-03-01',
      },
      base: { [POLICY]: before },
      head: { [POLICY]: DASHED },
    });
    expect(rest.body).toBe(writeReview(offline, 'json'));
    expect(offline.opened.length).toBeGreaterThan(0);
    expect(offline.newlyUnprotected.length).toBeGreaterThan(0);
  });

  it('is found as a node, and by its id', async () => {
    const { review } = await create({ head: over(DASHED) });
    const data = await server.data(
      `query ($id: ID!) { node(id: $id) { id ... on ChangeReview { conclusion } } changeReview(id: $id) { id } }`,
      { id: review.id },
    );
    expect(data).toEqual({
      node: { id: review.id, conclusion: review.conclusion },
      changeReview: { id: review.id },
    });
    const none = await server.data(`{ changeReview(id: "nonsense") { id } }`);
    expect(none.changeReview).toBeNull();
  });

  it('compares stored snapshots, and manifests alone', async () => {
    const { review } = await create({
      base: { snapshot: { id: snapshot } },
      head: { snapshot: { latestOf: { cluster: 'prod' } } },
    });
    expect(review).toMatchObject({ conclusion: 'SUCCESS', opened: { totalCount: 0 } });
    const whole = (policy: string) => ({ text: [CLUSTER, policy].join('---\n') });
    const { review: alone } = await create({
      base: whole(GOOD),
      head: whole(DASHED),
      gates: [{ rule: 'NO_ACCESS_CHANGE' }],
    });
    expect(alone.conclusion).toBe('FAILURE');
    expect(codesOf(alone)).toContain('SNAPSHOT_PARTIAL');
  });

  it('deletes by name what the overlay does not say', async () => {
    const lab = { kind: 'NetworkPolicy', namespace: 'lab', name: 'closed' };
    const { review } = await create({ head: over(GOOD, { delete: [lab] }) });
    expect(review.conclusion).toBe('FAILURE');
    expect(review.gates[1]).toMatchObject({
      rule: 'NO_NEWLY_UNPROTECTED_WORKLOADS',
      passed: false,
    });
    const { review: missing, userErrors } = await create({
      head: over(GOOD, { delete: [{ ...lab, name: 'opne' }] }),
    });
    expect(missing).toMatchObject({
      conclusion: 'ERROR',
      exitCode: 2,
      error: { code: 'NOT_FOUND' },
    });
    expect(userErrors[0].message).toContain('NetworkPolicy lab/opne');
  });

  it('prunes the folder of the base', async () => {
    const both = [GOOD, CLOSED_LAB].join('---\n');
    const { review } = await create({
      base: over(both),
      head: over(GOOD, { prune: { folder: true } }),
    });
    expect(review.conclusion).toBe('FAILURE');
    const { review: kept } = await create({ base: over(both), head: over(GOOD) });
    expect(kept.conclusion).toBe('SUCCESS');
  });

  it('reads exceptions of a request and of a file', async () => {
    const gates = [{ rule: 'NO_NEW_CROSS_NAMESPACE_ACCESS' }];
    const access = {
      from: { namespace: 'shop' },
      to: { workload: { namespace: 'data', name: 'postgres' } },
      traffic: { protocol: 'TCP', port: 5432 },
    };
    const exception = { id: 'agreed', access, reason: 'SEC-1', expires: '2027-01-31' };
    const change = { base: over(GOOD), head: over(DASHED), gates, today: '2026-03-01' };
    const { review } = await create({ ...change, exceptions: [exception] });
    expect(review.conclusion).toBe('SUCCESS');
    const { review: late } = await create({
      ...change,
      exceptions: [exception],
      today: '2027-02-01',
    });
    expect(late.conclusion).toBe('FAILURE');
    const { userErrors } = await create({ ...change, exceptions: [exception, exception] });
    expect(userErrors[0].message).toContain('another exception has this id');
    const text = `apiVersion: portolan/v1\nexceptions: [{ id: f, match: { access: { from: { namespace: shop }, to: { namespace: data } } }, reason: r, expires: 2027-01-31 }]\n`;
    const { review: ofHead } = await create({ ...change, exceptionsFile: { head: text } });
    expect(ofHead.conclusion).toBe('FAILURE');
    const { review: ofBase } = await create({ ...change, exceptionsFile: { base: text } });
    expect(ofBase.conclusion).toBe('SUCCESS');
  });

  it.each([
    [{ cluster: 'nowhere', head: over(GOOD) }, 'NOT_FOUND', ['input', 'cluster']],
    [
      {
        head: { overlay: { base: { latestOf: { cluster: 'nowhere' } }, manifests: { text: '' } } },
      },
      'NOT_FOUND',
      ['input', 'head', 'overlay', 'base'],
    ],
    [{ head: { snapshot: { id: 'nonsense' } } }, 'NOT_FOUND', ['input', 'head', 'snapshot']],
    [{ head: over(GOOD), waitSeconds: 56 }, 'INVALID', ['input', 'waitSeconds']],
    [{ head: over(GOOD), today: 'tomorrow' }, 'INVALID', ['input', 'today']],
    [
      { head: over(GOOD, { prune: { folder: true } }) },
      'INVALID',
      ['input', 'head', 'overlay', 'prune', 'folder'],
    ],
    [
      { head: over(GOOD, { prune: { labels: 'a in' } }) },
      'INVALID',
      ['input', 'head', 'overlay', 'prune', 'labels'],
    ],
    [
      { head: { overlay: { base: { id: 'x' }, manifests: over(GOOD) } } },
      'INVALID',
      ['input', 'head', 'overlay', 'manifests'],
    ],
    [{ head: { text: 'x'.repeat(2_000_001) } }, 'TOO_LARGE', ['input', 'head']],
    [
      { head: over(GOOD), git: { repository: 'r', commit: 'abc' } },
      'INVALID',
      ['input', 'git', 'commit'],
    ],
  ])('says what is wrong with its input: %#', async (input, code, field) => {
    const { review, userErrors } = await create(input);
    expect(review).toBeNull();
    expect(userErrors).toMatchObject([{ code, field }]);
  });

  it('is refused as a snapshot: candidates are not stored', async () => {
    const { createSnapshot } = await server.data(
      `mutation ($input: CreateSnapshotInput!) { createSnapshot(input: $input) { snapshot { id } userErrors { code field } } }`,
      { input: { cluster: 'prod', manifests: over(GOOD) } },
    );
    expect(createSnapshot).toEqual({
      snapshot: null,
      userErrors: [{ code: 'INVALID', field: ['input', 'manifests'] }],
    });
  });

  it('reads policies as the profile of the cluster says', async () => {
    await server.upload('flat', 'cluster.yaml', [CLUSTER, GOOD].join('---\n'));
    const unknown = await create({
      cluster: 'flat',
      head: { overlay: { base: { latestOf: { cluster: 'flat' } }, manifests: files(DASHED) } },
    });
    expect(codesOf(unknown.review)).toContain('ENFORCEMENT_UNKNOWN');
    const { cluster } = await server.data(`{ cluster(slug: "flat") { id } }`);
    await server.data(
      `mutation ($id: ID!) { updateCluster(input: { clusterId: $id, profile: { enforcement: NONE } }) { userErrors { message } } }`,
      { id: cluster.id },
    );
    const none = await create({
      cluster: 'flat',
      head: { overlay: { base: { latestOf: { cluster: 'flat' } }, manifests: files(DASHED) } },
    });
    expect(codesOf(none.review)).toContain('POLICIES_NOT_ENFORCED');
  });

  it('finds only a review that has not expired', async () => {
    const { review } = await create({ head: over(GOOD), idempotencyKey: 'old' });
    const uuid = Buffer.from(review.id, 'base64url').toString().split(':')[1];
    const client = new pg.Client({ connectionString: server.server.database.url });
    await client.connect();
    await client.query(`UPDATE change_review SET expires_at = now() WHERE id = $1`, [uuid]);
    expect((await request(server.url).get(review.url)).status).toBe(404);
    const { changeReview } = await server.data(
      `query ($id: ID!) { changeReview(id: $id) { id } }`,
      { id: review.id },
    );
    expect(changeReview).toBeNull();
    const again = await create({ head: over(DASHED), idempotencyKey: 'old' });
    expect(again.userErrors).toEqual([]);
    const { rows } = await client.query(`SELECT FROM job WHERE id = $1`, [uuid]);
    expect(rows).toEqual([]);
    await client.end();
  });
});

describe('after a restart', () => {
  const open: { close: () => Promise<void> }[] = [];
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const thing of open.splice(0)) await thing.close();
  });
  afterAll(() => database.drop());

  it('a review that was under way has failed, one that was finished is as it was, and the key is free', async () => {
    const first = await startReviewServer({ database });
    await first.upload('prod', 'cluster.yaml', [CLUSTER, GOOD].join('---\n'));
    const input = { head: over(DASHED), idempotencyKey: 'k' };
    const { review } = await create(input, first);
    const done = await create({ ...input, idempotencyKey: 'done', today: '2026-03-01' }, first);
    await first.close();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    // As the last of three processes leaves it that were killed over it.
    const uuid = Buffer.from(review.id, 'base64url').toString().split(':')[1];
    await client.query(`UPDATE change_review SET verdict = NULL, report = NULL WHERE id = $1`, [
      uuid,
    ]);
    await client.query(
      `UPDATE job SET status = 'IN_PROGRESS', deduplicated = NULL, finished_at = NULL, runner = gen_random_uuid(),
         attempts = 3, lease_until = now() - interval '1 s' WHERE id = $1`,
      [uuid],
    );
    await client.end();
    const next = await startReviewServer({ database });
    open.push(next);
    const interrupted = await request(next.url).get(review.url);
    expect(interrupted.status).toBe(503);
    expect(interrupted.headers).toMatchObject({
      'portolan-conclusion': 'ERROR',
      'portolan-exit-code': '2',
    });
    expect(interrupted.body.code).toBe('INTERRUPTED');
    const kept = await request(next.url).get(done.review.url);
    expect(kept.status).toBe(200);
    const again = await create(input, next);
    expect(again.review.id).not.toBe(review.id);
    expect(again.review.status).toBe('COMPLETED');
  });
});
