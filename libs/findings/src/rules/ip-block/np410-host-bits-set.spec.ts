import { describe, expect, it } from 'vitest';
import { findingsOf, namedFindings, policy } from '../../findings.test-support.js';
import { HOST_BITS_SET } from './np410-host-bits-set.js';

const to = (block: string, name = 'web'): string =>
  policy(
    'shop',
    name,
    `podSelector: {}, policyTypes: [Egress], egress: [{}, { to: [{ podSelector: {} }, { ipBlock: { ${block} } }] }]`,
  );

describe('NP410', () => {
  it('finds a network that is written as an address in it, and says how it is read', async () => {
    const [found] = await namedFindings(HOST_BITS_SET, to('cidr: 10.0.0.5/24'));
    expect(found).toMatchObject({
      name: 'NetworkPolicy shop/web',
      finding: {
        severity: 'LOW',
        object: { kind: 'POLICY' },
        path: 'spec.egress[1].to[1].ipBlock.cidr',
        place: { direction: 'EGRESS', rule: 1, peer: 1 },
      },
    });
    expect(found?.finding.message).toContain('10.0.0.0/24');
  });

  it('finds an exception, and tells once of policies that have the same', async () => {
    const block = 'cidr: "fd00::/8", except: ["fd00::1/64"]';
    expect(await findingsOf(HOST_BITS_SET, to(block) + to(block, 'web2'))).toMatchObject([
      { path: 'spec.egress[1].to[1].ipBlock.except[0]', occurrences: 2 },
    ]);
  });

  it('names the document where it is not the policy that is taken', async () => {
    const text = to('cidr: 10.0.0.5/24') + to('cidr: 10.0.0.0/24');
    expect(await namedFindings(HOST_BITS_SET, text)).toMatchObject([
      { finding: { object: { kind: 'INPUT' } } },
    ]);
  });

  it('is content with a network, and with one address', async () => {
    expect(await findingsOf(HOST_BITS_SET, to('cidr: 10.0.0.0/24, except: [10.0.0.5/32]'))).toEqual(
      [],
    );
  });
});
