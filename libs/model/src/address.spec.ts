import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import {
  formatAddress,
  formatCidr,
  lastWords,
  maskCidr,
  nextWords,
  parseAddress,
  parseCidr,
  previousWords,
  rangeToCidrs,
} from './address.js';

const word = fc.integer({ min: 0, max: 0xffffffff });
const ipv6 = fc.tuple(word, word, word, word);
// Zero runs are where IPv6 text goes wrong.
const sparseIpv6 = fc.array(fc.constantFrom(0, 1, 0xffff, 0x10000), { minLength: 4, maxLength: 4 });

describe('formatAddress', () => {
  it('writes the shortest form of RFC 5952', () => {
    const texts = [
      '::',
      '::1',
      '1::',
      '1:0:0:2::3',
      '2001:db8::1:0:0:1',
      '1:2:3:4:5:6:7:8',
      '0:1:0:1:0:1:0:1',
    ];
    expect(texts.map((text) => formatAddress(parseAddress(text)))).toEqual([
      '::',
      '::1',
      '1::',
      '1:0:0:2::3',
      '2001:db8::1:0:0:1',
      '1:2:3:4:5:6:7:8',
      '0:1:0:1:0:1:0:1',
    ]);
  });

  it('is read back, and agrees with ipaddr.js', () => {
    fc.assert(
      fc.property(fc.oneof(ipv6, sparseIpv6), (words) => {
        const text = formatAddress({ family: 6, words });
        expect(parseAddress(text)).toEqual({ family: 6, words: [...words] });
        expect(ipaddr.IPv6.parse(text).toByteArray()).toEqual(
          words.flatMap((one) => [one >>> 24, (one >>> 16) & 255, (one >>> 8) & 255, one & 255]),
        );
      }),
    );
  });

  it('reads and writes IPv4', () => {
    expect(parseAddress('255.0.1.254')).toEqual({ family: 4, words: [0xff0001fe] });
    expect(formatAddress({ family: 4, words: [0xff0001fe] })).toBe('255.0.1.254');
  });
});

describe('nextWords and previousWords', () => {
  it('carry over words and end with the family', () => {
    expect(nextWords([0, 0xffffffff, 0xffffffff, 0xffffffff])).toEqual([1, 0, 0, 0]);
    expect(previousWords([1, 0, 0, 0])).toEqual([0, 0xffffffff, 0xffffffff, 0xffffffff]);
    expect(nextWords([0xffffffff])).toBeNull();
    expect(previousWords([0])).toBeNull();
  });
});

describe('maskCidr and lastWords', () => {
  it('keep to the prefix across words', () => {
    const cidr = maskCidr({ ...parseAddress('2001:db8:ffff:ffff:ffff::1'), prefix: 33 });
    expect(formatCidr(cidr)).toBe('2001:db8:8000::/33');
    expect(formatAddress({ family: 6, words: lastWords(cidr) })).toBe(
      '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
    );
    expect(lastWords(parseCidr('0.0.0.0/0'))).toEqual([0xffffffff]);
    expect(lastWords(parseCidr('10.0.0.1/32'))).toEqual([0x0a000001]);
  });
});

describe('rangeToCidrs', () => {
  it('covers a range with the fewest networks', () => {
    const cidrs = rangeToCidrs(4, parseAddress('10.0.0.1').words, parseAddress('10.0.0.8').words);
    expect(cidrs.map(formatCidr)).toEqual([
      '10.0.0.1/32',
      '10.0.0.2/31',
      '10.0.0.4/30',
      '10.0.0.8/32',
    ]);
  });

  it('covers exactly the range, without overlap', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        let next = first;
        for (const cidr of rangeToCidrs(4, [first], [last])) {
          expect(cidr.words[0]).toBe(next);
          next = lastWords(cidr)[0]! + 1;
        }
        expect(next).toBe(last + 1);
      }),
    );
  });

  it('covers a whole family with one', () => {
    expect(
      rangeToCidrs(6, [0, 0, 0, 0], [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]).map(
        formatCidr,
      ),
    ).toEqual(['::/0']);
  });
});
