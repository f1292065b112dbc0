import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { DEFAULT_DENY_ONE_DIRECTION } from './np504-default-deny-one-direction.js';

const SHOP = namespace('shop') + deployment('shop', 'web');
const deny = (types: string): string =>
  policy('shop', 'deny', `podSelector: {}, policyTypes: [${types}]`);

describe('NP504', () => {
  it('finds the direction that is left open; egress is often meant to be', async () => {
    expect(await findingsOf(DEFAULT_DENY_ONE_DIRECTION, SHOP + deny('Ingress'))).toMatchObject([
      { object: 'Namespace shop', severity: 'LOW' },
    ]);
    expect(await findingsOf(DEFAULT_DENY_ONE_DIRECTION, SHOP + deny('Egress'))).toMatchObject([
      { object: 'Namespace shop', severity: 'MEDIUM' },
    ]);
  });

  it('is content with both, and leaves none to NP503', async () => {
    expect(await findingsOf(DEFAULT_DENY_ONE_DIRECTION, SHOP + deny('Ingress, Egress'))).toEqual(
      [],
    );
    expect(await findingsOf(DEFAULT_DENY_ONE_DIRECTION, SHOP)).toEqual([]);
  });
});
