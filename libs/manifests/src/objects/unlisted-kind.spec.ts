import { describe, expect, it } from 'vitest';
import { read } from '../manifests.test-support.js';

const NAMESPACE = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } });
const unlisted = (spec: unknown): string =>
  JSON.stringify({ apiVersion: 'portolan/v1', kind: 'UnlistedKind', spec });

describe('an UnlistedKind', () => {
  it('is a problem with the kind, and makes the content a part of its cluster', async () => {
    const spec = { group: 'cilium.io', kind: 'CiliumNetworkPolicy', reason: '403 Forbidden' };
    const { problems, lacksKinds, stats } = await read(NAMESPACE, unlisted(spec));
    expect(lacksKinds).toBe(true);
    expect(stats.objects).toBe(1);
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'KIND_NOT_LISTED',
        severity: 'ERROR',
        outcome: 'NOT_LISTED',
        kind: 'cilium.io/CiliumNetworkPolicy',
        message: expect.stringContaining('403 Forbidden') as string,
      }),
    ]);
  });

  it('says so although more problems were found than are kept', async () => {
    const wrong = Array.from({ length: 10_001 }, () => '{"kind":"x"}').join('\n');
    const { problems, lacksKinds } = await read(wrong, unlisted({ kind: 'Pod' }));
    expect(problems.some(({ code }) => code === 'KIND_NOT_LISTED')).toBe(false);
    expect(lacksKinds).toBe(true);
  });

  it.each([null, 'all', { kind: 5 }, { kind: '' }])('is taken without a kind: %j', async (spec) => {
    const { problems, lacksKinds } = await read(unlisted(spec));
    expect(problems[0]).toMatchObject({ code: 'KIND_NOT_LISTED', kind: null });
    expect(lacksKinds).toBe(true);
  });

  it('is no kind of another group', async () => {
    const { lacksKinds } = await read('{"apiVersion":"example.com/v1","kind":"UnlistedKind"}');
    expect(lacksKinds).toBe(false);
  });
});
