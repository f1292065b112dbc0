import { describe, expect, it } from 'vitest';
import { StoreError, toStoreError } from './store-error.js';

/** An error as the driver makes it. */
function withFields(message: string, fields: object): Error {
  return Object.assign(new Error(message), fields);
}

function codeOf(error: unknown): string | null {
  const mapped = toStoreError(error);
  return mapped instanceof StoreError ? mapped.code : null;
}

describe('toStoreError', () => {
  it.each([
    ['shutdown', withFields('terminating connection', { code: '57P01' })],
    ['starting up', withFields('the database system is starting up', { code: '57P03' })],
    ['statement timeout', withFields('canceling statement', { code: '57014' })],
    ['too many connections', withFields('sorry, too many clients already', { code: '53300' })],
    ['a stand-by after failover', withFields('read-only transaction', { code: '25006' })],
    ['nobody listens', withFields('connect ECONNREFUSED', { code: 'ECONNREFUSED' })],
    ['a host with two addresses', new AggregateError([withFields('x', { code: 'ECONNREFUSED' })])],
    ['a lost connection', new Error('Connection terminated unexpectedly')],
    ['a busy pool', new Error('timeout exceeded when trying to connect')],
    [
      "Prisma's wrapping",
      withFields('Raw query failed', {
        code: 'P2010',
        meta: {
          driverAdapterError: withFields('', { cause: { kind: 'postgres', code: '57P01' } }),
        },
      }),
    ],
  ])('%s is UNAVAILABLE', (_, error) => {
    expect(codeOf(error)).toBe('UNAVAILABLE');
  });

  it.each([
    ['a unique constraint', withFields('duplicate key', { code: '23505' })],
    ['a deadlock', withFields('deadlock detected', { code: '40P01' })],
    ["Prisma's unique constraint", withFields('Unique constraint failed', { code: 'P2002' })],
  ])('%s is CONFLICT', (_, error) => {
    expect(codeOf(error)).toBe('CONFLICT');
  });

  it('passes bugs through as they are', () => {
    const bug = withFields('syntax error at or near "SELEC"', { code: '42601' });
    expect(toStoreError(bug)).toBe(bug);
    expect(codeOf(new TypeError('x is undefined'))).toBeNull();
  });

  it('does not loop on an error that is its own cause', () => {
    const error = withFields('odd', {});
    error.cause = error;
    expect(toStoreError(error)).toBe(error);
  });
});
