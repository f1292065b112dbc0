import { parseCidr } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { hasPublicAddress, PUBLIC_CIDRS } from './public-addresses.js';

describe('public addresses', () => {
  it.each([
    ['8.8.8.8/32', true],
    ['0.0.0.0/0', true],
    ['10.0.0.0/8', false],
    ['10.0.0.0/7', true],
    ['172.31.255.255/32', false],
    ['172.32.0.0/32', true],
    ['169.254.169.254/32', false],
    ['224.0.0.1/32', false],
    ['2606:4700::/32', true],
    ['fd00::/8', false],
    ['fe80::/10', false],
    ['2001:db8::/32', false],
    ['::/0', true],
  ])('%s: %s', (cidr, expected) => {
    expect(hasPublicAddress(parseCidr(cidr))).toBe(expected);
  });

  it('are disjoint networks', () => {
    expect(new Set(PUBLIC_CIDRS).size).toBe(PUBLIC_CIDRS.length);
    expect(PUBLIC_CIDRS).toContain('11.0.0.0/8');
    expect(PUBLIC_CIDRS).not.toContain('0.0.0.0/0');
  });
});
