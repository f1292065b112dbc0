import { describe, expect, it } from 'vitest';
import { access, addresses, tcp, workload } from './exceptions/exceptions.test-support.js';
import { judge } from './severity.js';

const WEB = workload('shop/web');
const DB = workload('shop/db');
const INTERNET = addresses('0.0.0.0/0');

describe('judge', () => {
  it.each([
    ['inside a namespace', access(WEB, DB, tcp(80)), [], 'LOW', []],
    ['a sensitive port', access(WEB, DB, tcp(5432)), [], 'MEDIUM', ['sensitive-port']],
    [
      'across namespaces',
      access(workload('lab/x'), DB, tcp(80)),
      [],
      'MEDIUM',
      ['cross-namespace'],
    ],
    [
      'both',
      access(workload('lab/x'), DB, tcp(2000, 2400)),
      [],
      'HIGH',
      ['cross-namespace', 'sensitive-port'],
    ],
    ['to the internet', access(WEB, INTERNET, tcp(5432)), [], 'MEDIUM', ['internet-egress']],
    ['from private addresses', access(addresses('10.0.0.0/8'), WEB, tcp(80)), [], 'LOW', []],
    ['from the internet', access(INTERNET, WEB, tcp(80)), [], 'HIGH', ['internet-ingress']],
    [
      'from everywhere inside',
      access(WEB, DB, tcp(80)),
      tcp(80),
      'HIGH',
      ['entire-cluster-ingress'],
    ],
    [
      'from everywhere inside on another than the sensitive port',
      access(WEB, DB, tcp(5432, 9000)),
      tcp(9000),
      'HIGH',
      ['entire-cluster-ingress', 'sensitive-port'],
    ],
    [
      'a sensitive port from the internet',
      access(INTERNET, WEB, tcp(22)),
      [],
      'CRITICAL',
      ['internet-ingress', 'sensitive-port'],
    ],
  ] as const)('%s', (_, opened, fromCluster, severity, codes) => {
    const judgement = judge(opened, fromCluster);
    expect(judgement.severity).toBe(severity);
    expect(judgement.reasons.map(({ code }) => code)).toEqual(codes);
  });
});
