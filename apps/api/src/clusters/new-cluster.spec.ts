import { describe, expect, it } from 'vitest';
import { readNewCluster } from './new-cluster.js';

function fieldsAtFault(input: Parameters<typeof readNewCluster>[0]): unknown[] {
  const result = readNewCluster(input);
  return 'slug' in result ? [] : result.map(({ field }) => field?.[1]);
}

describe('readNewCluster', () => {
  it('takes the slug for the name when there is none', () => {
    const plain = { slug: 'prod', name: 'prod', labels: {}, profile: {} };
    expect(readNewCluster({ slug: 'prod' })).toEqual(plain);
    expect(readNewCluster({ slug: 'prod', name: '  ' })).toMatchObject({ name: 'prod' });
  });

  it.each(['', '-a', 'a-', 'A', 'a b', 'ä', 'a/b', '..', 'a'.repeat(64), 'a\n'])(
    'refuses the slug %j',
    (slug) => {
      expect(fieldsAtFault({ slug })).toEqual(['slug']);
    },
  );

  it.each(['a', '0', 'a-b', 'a'.repeat(63)])('takes the slug %s', (slug) => {
    expect(fieldsAtFault({ slug })).toEqual([]);
  });

  it.each([
    [[]],
    ['env=prod'],
    [{ env: 1 }],
    [{ env: { a: 'b' } }],
    [{ '': 'x' }],
    [{ 'a..b/x': 'y' }],
    [{ 'a-.b/x': 'y' }],
    [{ env: 'a b' }],
    [{ ['x'.repeat(64)]: 'a' }],
    [Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`l${i}`, 'x']))],
  ])('refuses the labels %j', (labels) => {
    expect(fieldsAtFault({ slug: 'a', labels })).toEqual(['labels']);
  });

  it('takes labels as Kubernetes does', () => {
    const labels = { env: 'prod', 'acme.io/team': 'a_b.c-d', empty: '' };
    expect(readNewCluster({ slug: 'a', labels })).toMatchObject({ labels });
  });

  it('names everything that is wrong at once', () => {
    expect(fieldsAtFault({ slug: '', name: 'x'.repeat(257), labels: 1 })).toEqual([
      'slug',
      'name',
      'labels',
    ]);
  });
});
