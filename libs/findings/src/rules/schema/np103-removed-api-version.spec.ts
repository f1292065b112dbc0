import { describe, expect, it } from 'vitest';
import { namedFindings, policy } from '../../findings.test-support.js';
import { REMOVED_API_VERSION } from './np103-removed-api-version.js';

const POLICY = policy('shop', 'web', 'podSelector: {}');

describe('NP103', () => {
  it('finds a policy of extensions, with a mechanical fix', async () => {
    const old = POLICY.replace('networking.k8s.io/v1', 'extensions/v1beta1');
    expect(await namedFindings(REMOVED_API_VERSION, old)).toMatchObject([
      {
        name: 'NetworkPolicy shop/web',
        finding: { severity: 'HIGH', path: 'apiVersion', fix: { edits: [{ op: 'set' }] } },
      },
    ]);
  });

  it('is content with the version that is served', async () => {
    expect(await namedFindings(REMOVED_API_VERSION, POLICY)).toEqual([]);
  });
});
