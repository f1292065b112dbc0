import {
  type Cidr,
  commonTraffic,
  contains,
  formatTraffic,
  parseAddress,
  parseCidr,
} from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenedAccess } from '../access-facts.js';
import { takeAway } from './exception-cover.js';
import {
  access,
  addresses,
  exception,
  onlyWorkload,
  tcp,
  workload,
} from './exceptions.test-support.js';
import type { EndMatch } from './review-exception.js';

const SFTP = onlyWorkload('edge/sftp');
const PARTNER: EndMatch = { is: 'addresses', cidrs: ['203.0.113.0/24'] };

function texts(left: readonly OpenedAccess[]): string[] {
  return left.map(({ source, traffic }) => {
    const from = source.kind === 'external' ? source.cidrs.join(' ') : source.kind;
    return `${from}: ${formatTraffic(traffic)}`;
  });
}

describe('takeAway', () => {
  it('leaves nothing of what it covers as a whole', () => {
    const opened = access(addresses('203.0.113.8/29'), workload('edge/sftp'), tcp(22));
    expect(takeAway(opened, exception(PARTNER, SFTP))).toEqual({ left: [], isUsed: true });
  });

  it('leaves the addresses and the traffic that it does not cover', () => {
    const opened = access(addresses('203.0.112.0/23'), workload('edge/sftp'), tcp(20, 23));
    const { left } = takeAway(opened, exception(PARTNER, SFTP, { traffic: tcp(22) }));
    expect(texts(left)).toEqual(['203.0.112.0/24: TCP 20-23', '203.0.113.0/24: TCP 20-21,23']);
  });

  it.each([
    ['another workload', access(addresses('203.0.113.0/24'), workload('edge/web'), tcp(22))],
    ['other traffic', access(addresses('203.0.113.0/24'), workload('edge/sftp'), tcp(23))],
    ['other addresses', access(addresses('198.51.100.0/24'), workload('edge/sftp'), tcp(22))],
    ['pods instead of addresses', access(workload('lab/x'), workload('edge/sftp'), tcp(22))],
    ['the other direction', access(workload('edge/sftp'), addresses('203.0.113.0/24'), tcp(22))],
  ])('leaves %s alone', (_, opened) => {
    const one = exception(PARTNER, SFTP, { traffic: tcp(22) });
    expect(takeAway(opened, one)).toEqual({ left: [opened], isUsed: false });
  });

  it('tells workloads of one name apart by their kind, when it names one', () => {
    const opened = access(workload('lab/x'), workload('edge/sftp'), tcp(22));
    const of = (kind: string): EndMatch => ({
      is: 'workload',
      namespace: 'edge',
      name: 'sftp',
      kind,
    });
    const from: EndMatch = { is: 'namespace', name: 'lab' };
    expect(takeAway(opened, exception(from, of('Deployment'))).left).toEqual([]);
    expect(takeAway(opened, exception(from, of('StatefulSet'))).left).toEqual([opened]);
  });

  it('never takes away an address and port that it does not cover, and always one that it does', () => {
    const cidr = fc
      .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
      .map(([last, prefix]) => `10.0.0.${(last >> (32 - prefix)) << (32 - prefix)}/${prefix}`);
    const ports = fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 4 }))
      .map(([from, more]) => tcp(from, from + more));
    fc.assert(
      fc.property(cidr, ports, cidr, ports, (own, traffic, meant, covered) => {
        const opened = access(addresses(own), workload('edge/sftp'), traffic);
        const match: EndMatch = { is: 'addresses', cidrs: [meant] };
        const { left } = takeAway(opened, exception(match, SFTP, { traffic: covered }));
        for (let last = 0; last < 16; last++)
          for (let port = 1; port < 14; port++) {
            const isOpened = has(opened, last, port);
            const isCovered =
              inCidr(parseCidr(meant), last) && commonTraffic(covered, tcp(port)).length > 0;
            expect(left.some((one) => has(one, last, port))).toBe(isOpened && !isCovered);
          }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

function has({ source, traffic }: OpenedAccess, last: number, port: number): boolean {
  return (
    source.kind === 'external' &&
    source.cidrs.some((cidr) => inCidr(parseCidr(cidr), last)) &&
    commonTraffic(traffic, tcp(port)).length > 0
  );
}

function inCidr(cidr: Cidr, last: number): boolean {
  return contains(cidr, parseAddress(`10.0.0.${last}`));
}
