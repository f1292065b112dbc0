import { describe, expect, it } from 'vitest';
import { findingsOf, namespace, policy } from '../../findings.test-support.js';
import { DUPLICATE_SPEC } from './np703-duplicate-spec.js';

const SPEC = 'podSelector: {}, ingress: [{ ports: [{ port: 80 }, { port: 81 }] }]';

async function found(policies: string): Promise<string[]> {
  return (await findingsOf(DUPLICATE_SPEC, namespace('shop') + policies)).map(
    ({ object }) => object,
  );
}

describe('NP703', () => {
  it('finds a policy that says the same as one before it, in whatever order', async () => {
    expect(
      await found(
        policy('shop', 'a', SPEC) +
          policy('shop', 'b', 'ingress: [{ ports: [{ port: 81 }, { port: 80, protocol: TCP }] }]'),
      ),
    ).toEqual(['NetworkPolicy shop/b']);
  });

  it('is content with the same in another namespace, or for more directions', async () => {
    expect(await found(policy('shop', 'a', SPEC) + policy('other', 'a', SPEC))).toEqual([]);
    expect(
      await found(
        policy('shop', 'a', SPEC) + policy('shop', 'b', `policyTypes: [Ingress, Egress], ${SPEC}`),
      ),
    ).toEqual([]);
  });
});
