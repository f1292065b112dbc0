import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { POLICY, STRAY_DASH, TryFolder, WORKLOADS } from '../../terminal.test-support.js';

const INVARIANTS = `apiVersion: portolan/v1
invariants:
  - name: db-only-from-cart
    assert: onlyReachableFrom
    from: { workload: { namespace: shop, name: cart } }
    to: { namespace: data }
`;
const DIFF = ['diff', '--base', 'base', '--head', 'head', '--invariants', 'i.yaml'];

let folder: TryFolder;
beforeEach(() => {
  folder = new TryFolder().write({
    'base/all.yaml': WORKLOADS + '---\n' + POLICY,
    'base/i.yaml': INVARIANTS,
    'head/all.yaml': WORKLOADS + '---\n' + STRAY_DASH,
    'head/i.yaml': INVARIANTS,
  });
});
afterEach(() => folder.remove());

describe('portolan diff --invariants', () => {
  it('ends with 1 for an invariant that the change breaks, and says where', async () => {
    const { code, out, errors } = await folder.run(DIFF);
    expect([code, errors]).toEqual([1, '']);
    expect(out).toContain(
      'failed broken-invariants: db-only-from-cart is broken: namespace data is only reachable from shop/cart: all traffic; shop/web (Deployment) → data/db (Deployment): TCP 5432 passes',
    );
    expect(out).toMatch(/db-only-from-cart is broken HIGH \[by this change\]/);
    expect(out).not.toContain('i.yaml: ');
  });

  it('ends with 0 for one that was broken before, and shows it', async () => {
    folder.write({ 'base/all.yaml': WORKLOADS + '---\n' + STRAY_DASH });
    const { code, out } = await folder.run(DIFF);
    expect(code).toBe(0);
    expect(out).toContain('db-only-from-cart is broken HIGH [as before, so no gate fails]');
  });

  it('lets a change neither remove an invariant nor hold others to its own', async () => {
    folder.write({ 'head/i.yaml': 'apiVersion: portolan/v1\ninvariants: []\n' });
    const removed = await folder.run(DIFF);
    expect(removed.code).toBe(1);
    expect(removed.out).toContain('removed by the change, and counts');
    folder.write({
      'base/i.yaml': 'apiVersion: portolan/v1\ninvariants: []\n',
      'head/i.yaml': INVARIANTS,
    });
    const proposed = await folder.run(DIFF);
    expect(proposed.code).toBe(0);
    expect(proposed.out).toContain('proposed, does not count yet');
  });

  it('shows all of it in every format', async () => {
    const md = await folder.run([...DIFF, '-o', 'md']);
    expect(md.out).toContain('### Invariants');
    const sarif = await folder.run([...DIFF, '-o', 'sarif']);
    const { runs } = JSON.parse(sarif.out);
    expect(runs[0].results).toContainEqual(expect.objectContaining({ ruleId: 'broken-invariant' }));
    const gitlab = await folder.run([...DIFF, '-o', 'gitlab']);
    expect(gitlab.out).toContain('portolan/broken-invariant');
    const junit = await folder.run([...DIFF, '-o', 'junit']);
    expect(junit.out).toContain('<testcase name="broken-invariants"');
    const json = await folder.run([...DIFF, '-o', 'json']);
    expect(JSON.parse(json.out).invariants[0]).toMatchObject({
      name: 'db-only-from-cart',
      status: 'BROKEN',
      previousStatus: 'HOLDS',
      place: { side: 'BASE', startLine: 3 },
    });
  });

  it.each([
    [
      'a file of the base that is not understood',
      { 'base/i.yaml': 'invariants: 1\n' },
      'apiVersion is required',
    ],
    ['no file at all', {}, 'neither base nor head has this file'],
  ])('ends with 2 for %s', async (_, files, message) => {
    const args = Object.keys(files).length > 0 ? DIFF : [...DIFF.slice(0, -1), 'none.yaml'];
    const { code, errors } = await folder.write(files).run(args);
    expect(code).toBe(2);
    expect(errors).toContain(message);
  });

  it('reports a file of the head that is not understood', async () => {
    folder.write({ 'head/i.yaml': 'invariants: 1\n' });
    const { code, out } = await folder.run(DIFF);
    expect(code).toBe(1);
    expect(out).toContain('the file of invariants is not understood');
  });
});
