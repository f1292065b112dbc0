import { describe, expect, it } from 'vitest';
import { askGates, DEFAULT_FAIL_ON, findGate, type GateFacts, GATES } from './gates.js';

const NOTHING: GateFacts = {
  rows: [],
  unlisted: { internetIngress: 0, internetEgress: 0, crossNamespace: 0 },
  unprotected: [],
  openToCluster: [],
  skipped: [],
  newFindings: [],
  invariants: [],
  minSeverity: 'HIGH',
};
const ALL = GATES.map(({ name }) => name);

describe('askGates', () => {
  it('asks only the chosen ones, and fails where one is to fail and to warn', () => {
    const facts = { ...NOTHING, unlisted: { ...NOTHING.unlisted, internetIngress: 2 } };
    const statuses = (failOn: typeof ALL, warnOn: typeof ALL) =>
      askGates(facts, failOn, warnOn).map(({ gate, status }) => `${gate} ${status}`);
    expect(statuses(['new-internet-ingress'], ['new-internet-ingress', 'any-change'])).toEqual([
      'new-internet-ingress FAILED',
      'any-change HELD',
    ]);
    expect(statuses([], ['new-internet-ingress'])).toEqual(['new-internet-ingress WARNED']);
  });

  it('holds all when there is nothing', () => {
    expect(askGates(NOTHING, ALL, []).map(({ status }) => status)).toEqual(ALL.map(() => 'HELD'));
  });

  it('does not hold for what a difference found and did not list', () => {
    const facts = {
      ...NOTHING,
      unlisted: { internetIngress: 1, internetEgress: 1, crossNamespace: 1 },
    };
    const failed = askGates(facts, ALL, []).filter(({ status }) => status === 'FAILED');
    expect(failed.map(({ gate }) => gate)).toEqual([
      'new-internet-ingress',
      'new-internet-egress',
      'new-cross-namespace-access',
    ]);
  });
});

describe('findGate', () => {
  it('knows all names, those of the default among them, and no other', () => {
    for (const name of [...ALL, ...DEFAULT_FAIL_ON]) expect(findGate(name)).toBe(name);
    expect(findGate('broken-invariant')).toBeNull();
  });
});
