import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
});

const CREATE = `mutation ($input: CreateSnapshotInput!) {
  createSnapshot(input: $input) {
    clientMutationId deduplicated
    snapshot { id digest status completeness takenAt stats { objects namespaces policies } source { kind actor } cluster { slug } job { id status } }
    job { id status progress { phase done total queuePosition } pollAfterMs error { message } result { id } }
    userErrors { code message field }
  }
}`;
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

describe('a server', () => {
  it('answers probes', async () => {
    await request(server.url).get('/livez').expect(200, { status: 'ok' });
    await request(server.url)
      .get('/readyz')
      .expect(200, { status: 'ok', database: true, migrations: true, workers: true });
  });

  it('stores a snapshot and finds it again', async () => {
    await server.createCluster('first');
    const input = { cluster: 'first', manifests: { text: NAMESPACE }, clientMutationId: 'mine' };
    const { data, errors } = await server.ask(CREATE, { input });
    expect(errors).toBeUndefined();
    expect(data.createSnapshot).toMatchObject({
      clientMutationId: 'mine',
      deduplicated: false,
      userErrors: [],
      snapshot: {
        status: 'READY',
        completeness: 'PARTIAL',
        stats: { objects: 1, namespaces: 1, policies: 0 },
        source: { kind: 'UPLOAD', actor: 'anonymous' },
        cluster: { slug: 'first' },
      },
      job: { status: 'COMPLETED', pollAfterMs: 0, error: null },
    });
    const { id, digest, job } = data.createSnapshot.snapshot;
    expect(job.id).toBe(data.createSnapshot.job.id);
    expect(data.createSnapshot.job.result.id).toBe(id);
    const found = await server.ask(
      `query ($id: ID!, $digest: String!) {
        id: snapshot(ref: { id: $id }) { id }
        digest: snapshot(ref: { digest: $digest }) { id }
        latest: snapshot(ref: { latestOf: { cluster: "first" } }) { id }
        at: snapshot(ref: { at: { cluster: "first", at: "2100-01-01T00:00:00Z" } }) { id }
        node(id: $id) { id __typename }
        before: snapshot(ref: { at: { cluster: "first", at: "2000-01-01T00:00:00Z" } }) { id }
        unknown: snapshot(ref: { id: "nonsense" }) { id }
      }`,
      { id, digest },
    );
    expect(found.data).toEqual({
      id: { id },
      digest: { id },
      latest: { id },
      at: { id },
      node: { id, __typename: 'Snapshot' },
      before: null,
      unknown: null,
    });
  });
});
