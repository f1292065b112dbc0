import { describe, expect, it } from 'vitest';
import { readCidr } from './read-cidr.js';

describe('readCidr', () => {
  const read: [text: string, canonical: string][] = [
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['10.1.2.3', '10.1.2.3/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/32', '255.255.255.255/32'],
    ['2001:DB8:0:0:0:0:0:1/64', '2001:db8::/64'],
    ['::1', '::1/128'],
    ['::/0', '::/0'],
    ['fd00:10:244::1/121', 'fd00:10:244::/121'],
  ];
  it.each(read)('reads %s as %s', (text, cidr) => {
    expect(readCidr(text)).toEqual({ ok: true, cidr });
  });

  const refused: [text: string, says: string][] = [
    ['', 'four numbers'],
    ['10.0.0/24', 'four numbers'],
    ['10', 'four numbers'],
    ['010.0.0.1', 'leading zeros'],
    ['10.0.0.01/32', 'leading zeros'],
    ['0x0a.0.0.1', 'four numbers'],
    ['256.0.0.1', '0 to 255'],
    ['10.0.0.0/33', '0 to 32'],
    ['10.0.0.0/08', '0 to 32'],
    ['10.0.0.0/', '0 to 32'],
    ['10.0.0.0/-1', '0 to 32'],
    ['10.0.0.0/8/8', 'more than one'],
    [' 10.0.0.0/8', 'four numbers'],
    ['::/129', '0 to 128'],
    [':::', 'no IPv6'],
    ['1:2:3:4:5:6:7:8:9', 'no IPv6'],
    ['fe80::1%eth0', 'zone'],
    ['::ffff:10.0.0.1', 'four numbers'],
    ['::ffff:a00:1', 'four numbers'],
    ['x'.repeat(1000), 'too long'],
  ];
  it.each(refused)('refuses %s', (text, says) => {
    const result = readCidr(text);
    expect(result.ok ? result.cidr : result.message).toContain(says);
    expect(result.ok).toBe(false);
  });
});
