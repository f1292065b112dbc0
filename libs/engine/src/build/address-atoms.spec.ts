import { formatCidr, type NetworksPeer, parseAddress, rangeToCidrs } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import {
  atomBounds,
  atomCount,
  atomOf,
  atomsOfFamily,
  atomsOfNetworks,
  collectAtoms,
} from './address-atoms.js';

const block = (cidr: string, ...except: string[]): NetworksPeer => ({
  kind: 'networks',
  cidrs: [cidr],
  except,
});

function atomsAt(atoms: ReturnType<typeof collectAtoms>, address: string): number {
  const { family, words } = parseAddress(address);
  return atomOf(atoms, family, words);
}

function covers(
  atoms: ReturnType<typeof collectAtoms>,
  one: NetworksPeer,
  address: string,
): boolean {
  const ranges = atomsOfNetworks(atoms, one);
  const atom = atomsAt(atoms, address);
  return ranges.some((first, i) => i % 2 === 0 && first <= atom && atom < ranges[i + 1]!);
}

describe('address atoms', () => {
  const nested = block('10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '10.255.255.255/32');
  const six = block('2001:db8::/32', '2001:db8:1::/48');
  const all = block('0.0.0.0/0');
  const allSix = block('::/0');
  const several: NetworksPeer = {
    kind: 'networks',
    cidrs: ['172.16.1.0/24', '172.16.0.0/16', '192.0.2.0/25', '2001:db8::/32', '192.0.2.128/25'],
    except: ['172.16.255.0/24', '172.16.1.128/25', '2001:db8:1::/48'],
  };
  const atoms = collectAtoms(
    [nested, six, all, allSix, several].flatMap(({ cidrs, except }) => [...cidrs, ...except]),
  );

  it.each([
    [nested, '10.0.0.0', true],
    [nested, '10.0.255.255', true],
    [nested, '10.1.0.0', false],
    [nested, '10.1.2.3', false],
    [nested, '10.2.0.0', true],
    [nested, '10.255.255.254', true],
    [nested, '10.255.255.255', false],
    [nested, '11.0.0.0', false],
    [nested, '9.255.255.255', false],
    [six, '2001:db8::1', true],
    [six, '2001:db8:1::1', false],
    [six, '2001:db8:2::', true],
    [six, '2001:db9::', false],
    [all, '255.255.255.255', true],
    [all, '0.0.0.0', true],
    [allSix, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', true],
    [all, '::', false],
    [allSix, '0.0.0.0', false],
    [several, '172.16.1.127', true],
    [several, '172.16.1.128', false],
    [several, '172.16.2.0', true],
    [several, '172.16.255.1', false],
    [several, '172.17.0.0', false],
    [several, '192.0.2.127', true],
    [several, '192.0.2.255', true],
    [several, '192.0.3.0', false],
    [several, '2001:db8:1::', false],
    [several, '2001:db8:2::', true],
  ])('%o has %s: %s', (one, address, expected) => {
    expect(covers(atoms, one, address)).toBe(expected);
  });

  it('cuts the whole of both families, without gaps', () => {
    for (const family of [4, 6] as const) {
      const [first, end] = atomsOfFamily(atoms, family);
      const cidrs = Array.from({ length: end - first }, (_, i) => atomBounds(atoms, first + i));
      expect(
        cidrs
          .flatMap((one) => rangeToCidrs(family, one.first, one.last))
          .every((cidr) => atomsAt(atoms, formatCidr(cidr).split('/')[0]!) >= first),
      ).toBe(true);
      for (const [i, { last }] of cidrs.entries())
        if (i + 1 < cidrs.length) expect(atomOf(atoms, family, last)).toBe(first + i);
    }
    expect(atomCount(atoms)).toBe(atomsOfFamily(atoms, 6)[1]);
  });

  it('is one atom a family without ipBlocks', () => {
    const none = collectAtoms([]);
    expect(atomCount(none)).toBe(2);
    expect(atomsAt(none, '10.0.0.1')).toBe(0);
    expect(atomsAt(none, '::1')).toBe(1);
  });
});
