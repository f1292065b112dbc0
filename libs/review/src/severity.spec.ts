import { describe, expect, it } from 'vitest';
import { access, addresses, tcp, workload } from './exceptions/exceptions.test-support.js';
import { judge } from './severity.js';

const WEB = workload('shop/web');
const DB = workload('shop/db');
const INTERNET = addresses('0.0.0.0/0');

describe('judge', () => {
  it.each([
    ['inside a namespace', access(WEB, DB, tcp(80)), false, 'LOW', []],
    ['a sensitive port', access(WEB, DB, tcp(5432)), false, 'MEDIUM', ['sensitive-port']],
    [
      'across namespaces',
      access(workload('lab/x'), DB, tcp(80)),
      false,
      'MEDIUM',
      ['cross-namespace'],
    ],
    [
      'both',
      access(workload('lab/x'), DB, tcp(2000, 2400)),
      false,
      'HIGH',
      ['cross-namespace', 'sensitive-port'],
    ],
    ['to the internet', access(WEB, INTERNET, tcp(5432)), false, 'MEDIUM', ['internet-egress']],
    ['from private addresses', access(addresses('10.0.0.0/8'), WEB, tcp(80)), false, 'LOW', []],
    ['from the internet', access(INTERNET, WEB, tcp(80)), false, 'HIGH', ['internet-ingress']],
    ['from everywhere inside', access(WEB, DB, tcp(80)), true, 'HIGH', ['entire-cluster-ingress']],
    [
      'a sensitive port from the internet',
      access(INTERNET, WEB, tcp(22)),
      false,
      'CRITICAL',
      ['internet-ingress', 'sensitive-port'],
    ],
  ] as const)('%s', (_, opened, isOpen, severity, codes) => {
    const judgement = judge(opened, isOpen);
    expect(judgement.severity).toBe(severity);
    expect(judgement.reasons.map(({ code }) => code)).toEqual(codes);
  });
});
