import { normalizeSelector, type Requirement } from '@portolan/model';
import type { ClusterListQuery, NewCluster } from '@portolan/store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { about, contentOf, openTestStore, type TestStore } from './test-store.js';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  const clusters: NewCluster[] = [
    { slug: 'prod-eu', name: 'Production 100%', labels: { env: 'prod', region: 'eu' } },
    { slug: 'prod-us', name: 'Production_US', labels: { env: 'prod' } },
    { slug: 'staging', name: 'Straße', labels: { env: 'staging', constructor: 'yes' } },
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
    });
    if (created === 'ALREADY_EXISTS') throw new Error('the slug is new');
    expect(created).toMatchObject({
      slug: 'given',
      name: 'a\uFFFDb',
      labels: { 'example.com/a': '', b: 'c\uFFFD' },
    });
    expect(await store.clusters.findBySlug('given')).toEqual(created);
    expect(await store.clusters.findByIds(['x', created.id.toUpperCase()])).toEqual([
      null,
      created,
    ]);
    await store.database.query('DELETE FROM cluster WHERE id = $1', [created.id]);
  });

  it('refuses a slug twice, also at the same time', async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () =>
        store.clusters.create({ slug: 'twice', name: '', labels: {} }),
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
