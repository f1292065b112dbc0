import { randomUUID } from 'node:crypto';
import { normalizeSelector, type Requirement } from '@portolan/model';
import type { ClusterListQuery, NewCluster } from '@portolan/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { about, contentOf, openTestStore, type TestStore } from './test-store.js';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  const clusters: NewCluster[] = [
    {
      slug: 'prod-eu',
      name: 'Production 100%',
      labels: { env: 'prod', region: 'eu' },
      profile: {},
    },
    { slug: 'prod-us', name: 'Production_US', labels: { env: 'prod' }, profile: {} },
    {
      slug: 'staging',
      name: 'Straße',
      labels: { env: 'staging', constructor: 'yes' },
      profile: {},
    },
  ];
  for (const [hour, cluster] of clusters.entries()) {
    await store.clusters.create(cluster);
    // Times that the clock gives may be equal.
    await store.database.query('UPDATE cluster SET created_at = $2 WHERE slug = $1', [
      cluster.slug,
      new Date(Date.UTC(2026, 0, 1, hour)).toISOString(),
    ]);
  }
});
afterAll(() => store.close());

async function slugs(query: Partial<ClusterListQuery>): Promise<string[]> {
  const { items } = await store.clusters.list({ offset: 0, limit: 10, ...query });
  return items.map(({ slug }) => slug);
}

const labelled = (...requirements: Requirement[]): Promise<string[]> =>
  slugs({ labels: normalizeSelector(requirements) });

describe('ClusterRepository', () => {
  it('gives back what it stored', async () => {
    const created = await store.clusters.create({
      slug: 'given',
      name: 'a\u0000b',
      labels: { 'example.com/a': '', b: 'c\u0000' },
      profile: { enforcement: 'CALICO', dnsPods: { namespaces: null, pods: 'k8s-app=dns' } },
    });
    if (created === 'ALREADY_EXISTS') throw new Error('the slug is new');
    expect(created).toMatchObject({
      slug: 'given',
      name: 'a\uFFFDb',
      labels: { 'example.com/a': '', b: 'c\uFFFD' },
      profile: { enforcement: 'CALICO', dnsPods: { namespaces: null, pods: 'k8s-app=dns' } },
    });
    expect(await store.clusters.findBySlug('given')).toEqual(created);
    expect(await store.clusters.findByIds(['x', created.id.toUpperCase()])).toEqual([
      null,
      created,
    ]);
    const known = created.id.toUpperCase();
    expect(await store.clusters.profilesOf(['x', known, randomUUID()])).toEqual([
      {},
      created.profile,
      {},
    ]);
    await store.database.query('DELETE FROM cluster WHERE id = $1', [created.id]);
  });

  it('changes what is given, also of different fields at the same time', async () => {
    const cluster = { slug: 'changed', name: 'old', labels: { a: 'b' }, profile: {} } as const;
    const created = await store.clusters.create(cluster);
    if (created === 'ALREADY_EXISTS') throw new Error('the slug is new');
    const { id } = created;
    await Promise.all([
      store.clusters.update(id, { name: 'new' }),
      store.clusters.update(id, { profile: { enforcement: 'NONE' } }),
      store.clusters.update(id, { profile: { podCidrs: ['10.0.0.0/8'] } }),
      store.clusters.update(id, { profile: { ipBlockMatchesPods: false } }),
    ]);
    const controllers = [{ namespaces: null, pods: 'app=nginx' }];
    const ingressControllers = { ingressControllers: controllers, enforcement: null };
    const changed = await store.clusters.update(id, { profile: ingressControllers });
    expect(changed).toEqual({
      ...created,
      name: 'new',
      profile: {
        podCidrs: ['10.0.0.0/8'],
        ipBlockMatchesPods: false,
        ingressControllers: controllers,
      },
    });
    expect(await store.clusters.findById(id)).toEqual(changed);
    expect(await store.clusters.update('x', { name: 'none' })).toBeNull();
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await store.clusters.update(nobody, { name: 'none' })).toBeNull();
    await store.database.query('DELETE FROM cluster WHERE id = $1', [id]);
  });

  it('refuses a slug twice, also at the same time', async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () =>
        store.clusters.create({ slug: 'twice', name: '', labels: {}, profile: {} }),
      ),
    );
    expect(all.filter((result) => result === 'ALREADY_EXISTS')).toHaveLength(4);
    await store.database.query(`DELETE FROM cluster WHERE slug = 'twice'`);
  });

  it('does not find what is not there', async () => {
    expect(await store.clusters.findBySlug('nobody')).toBeNull();
    expect(await store.clusters.findBySlug('prod-eu\u0000')).toBeNull();
    expect(await store.clusters.findById('prod-eu')).toBeNull();
  });

  it('searches slug and name whatever the case, and takes wildcards literally', async () => {
    expect(await slugs({ search: 'PROD' })).toEqual(['prod-eu', 'prod-us']);
    expect(await slugs({ search: '100%' })).toEqual(['prod-eu']);
    expect(await slugs({ search: 'n_u' })).toEqual(['prod-us']);
    expect(await slugs({ search: '%' })).toEqual(['prod-eu']);
    expect(await slugs({ search: 'straße' })).toEqual(['staging']);
    expect(await slugs({ search: '\u0000' })).toEqual([]);
  });

  it('selects by labels as Kubernetes does', async () => {
    expect(await labelled({ key: 'env', operator: 'In', values: ['prod', 'test'] })).toEqual([
      'prod-eu',
      'prod-us',
    ]);
    expect(await labelled({ key: 'region', operator: 'NotIn', values: ['eu'] })).toEqual([
      'prod-us',
      'staging',
    ]);
    expect(await labelled({ key: 'region', operator: 'Exists', values: [] })).toEqual(['prod-eu']);
    expect(await labelled({ key: 'region', operator: 'DoesNotExist', values: [] })).toEqual([
      'prod-us',
      'staging',
    ]);
    expect(await labelled({ key: 'constructor', operator: 'Exists', values: [] })).toEqual([
      'staging',
    ]);
    expect(
      await labelled(
        { key: 'env', operator: 'In', values: ['prod'] },
        { key: 'region', operator: 'DoesNotExist', values: [] },
      ),
    ).toEqual(['prod-us']);
    expect(await labelled({ key: "'", operator: 'In', values: ["') OR true --"] })).toEqual([]);
  });

  it('orders and pages, and counts all', async () => {
    expect(await slugs({ direction: 'DESC' })).toEqual(['staging', 'prod-us', 'prod-eu']);
    expect(await slugs({ orderBy: 'CREATED_AT', direction: 'DESC' })).toEqual([
      'staging',
      'prod-us',
      'prod-eu',
    ]);
    expect(await store.clusters.list({ search: 'prod', offset: 1, limit: 1 })).toMatchObject({
      items: [{ slug: 'prod-us' }],
      total: 2,
    });
    expect(await store.clusters.list({ offset: 99, limit: 1 })).toEqual({ items: [], total: 3 });
  });

  it('orders by the latest snapshot, clusters without one last', async () => {
    const cluster = await store.clusters.findBySlug('prod-us');
    await store.snapshots.save(cluster!.id, contentOf({}), about);
    for (const direction of ['ASC', 'DESC'] as const) {
      expect(await slugs({ orderBy: 'LATEST_SNAPSHOT_AT', direction })).toEqual([
        'prod-us',
        'prod-eu',
        'staging',
      ]);
    }
  });
});
