import { describe, expect, it } from 'vitest';
import { formatCidr, parseCidr } from './address.js';
import { cidrDifference } from './cidr-difference.js';

const without = (whole: string, ...holes: readonly string[]): string[] =>
  cidrDifference(parseCidr(whole), holes.map(parseCidr)).map(formatCidr);

describe('cidrDifference', () => {
  it('leaves a network whole that no hole meets', () => {
    expect(without('10.0.0.0/8', '192.168.0.0/16', '::/0')).toEqual(['10.0.0.0/8']);
  });

  it('leaves nothing of a network inside a hole', () => {
    expect(without('10.1.0.0/16', '10.0.0.0/8')).toEqual([]);
  });

  it('cuts holes out', () => {
    expect(without('10.0.0.0/30', '10.0.0.1/32')).toEqual(['10.0.0.0/32', '10.0.0.2/31']);
    expect(without('2001:db8::/31', '2001:db8::/32')).toEqual(['2001:db9::/32']);
  });
});
