import { describe, expect, it } from 'vitest';
import { type ExceptionLedger, ExceptionBook } from './exception-ledger.js';
import { access, exception, onlyWorkload, tcp, workload } from './exceptions.test-support.js';

const OPENED = access(workload('lab/x'), workload('shop/db'), tcp(22, 23));
const ALLOWED = exception(onlyWorkload('lab/x'), onlyWorkload('shop/db'));

function apply(ledger: Partial<ExceptionLedger>, today = '2026-03-01') {
  const book = new ExceptionBook({ base: [], head: [], ...ledger }, today);
  const { left, shares } = book.excuse(OPENED);
  return {
    left: left.length,
    shares,
    results: book.results().map(({ id, status }) => `${id} ${status}`),
  };
}

describe('ExceptionBook', () => {
  it('lets an exception of the base silence what it covers', () => {
    expect(apply({ base: [ALLOWED], head: [ALLOWED] })).toEqual({
      left: 0,
      shares: [{ id: 'one', covers: 'ALL' }],
      results: ['one USED'],
    });
  });

  it('lets one that only the head has silence nothing', () => {
    expect(apply({ head: [ALLOWED] })).toEqual({ left: 1, shares: [], results: ['one PROPOSED'] });
  });

  it('lets the head neither widen nor prolong one', () => {
    const narrow = exception(ALLOWED.from, ALLOWED.to, { traffic: tcp(22) });
    expect(apply({ base: [narrow], head: [ALLOWED] })).toEqual({
      left: 1,
      shares: [{ id: 'one', covers: 'PART' }],
      results: ['one USED', 'one PROPOSED'],
    });
    const old = { ...ALLOWED, expires: '2026-02-28' };
    expect(apply({ base: [old], head: [ALLOWED] }).left).toBe(1);
  });

  it.each([
    ['2026-03-01', 'USED'],
    ['2026-02-28', 'EXPIRED'],
    ['2026-02-29', 'EXPIRED'],
    ['2099-13-01', 'EXPIRED'],
    ['never', 'EXPIRED'],
    ['2027', 'EXPIRED'],
  ])('on 2026-03-01, takes one until %s for %s', (expires, status) => {
    expect(apply({ base: [{ ...ALLOWED, expires }] }).results).toEqual([`one ${status}`]);
  });

  it('adds up what several cover', () => {
    const base = [22, 23].map((port) =>
      exception(ALLOWED.from, ALLOWED.to, { id: `${port}`, traffic: tcp(port) }),
    );
    expect(apply({ base })).toMatchObject({ left: 0, results: ['22 USED', '23 USED'] });
  });

  it('says which are of no use', () => {
    const other = exception(onlyWorkload('lab/y'), ALLOWED.to);
    expect(apply({ base: [other] }).results).toEqual(['one UNUSED']);
  });
});
