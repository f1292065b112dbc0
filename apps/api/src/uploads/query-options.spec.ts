import { describe, expect, it } from 'vitest';
import { readQueryOptions } from './query-options.js';

function read(query: string, header?: string): ReturnType<typeof readQueryOptions> {
  return readQueryOptions(new URLSearchParams(query), header);
}

describe('readQueryOptions', () => {
  it('has a default for everything', () => {
    expect(read('')).toEqual({
      path: 'manifests.yaml',
      said: {
        completeness: 'PARTIAL',
        strict: false,
        waitSeconds: 10,
        takenAt: null,
        idempotencyKey: null,
      },
    });
  });

  it('takes the key of a retry from the address or a header', () => {
    expect(read('', 'h')).toMatchObject({ said: { idempotencyKey: 'h' } });
    expect(read('idempotencyKey=a', 'h')).toMatchObject({ said: { idempotencyKey: 'a' } });
  });

  it.each([
    ['waitSeconds=soon', 'waitSeconds', 'a number'],
    ['waitSeconds=', 'waitSeconds', 'a number'],
    ['waitSeconds=NaN', 'waitSeconds', 'a number'],
    ['strict=maybe', 'strict', 'true or false'],
    ['completeness=ALL', 'completeness', 'COMPLETE or PARTIAL'],
    ['takenAt=yesterday', 'takenAt', 'a time'],
    ['path=', 'path', '1 to 1024'],
    ['stict=true', 'stict', 'known are'],
  ])('says of ?%s which parameter is wrong, and what it must be', (query, name, wanted) => {
    expect(read(query)).toEqual([
      { code: 'INVALID', field: [name], message: expect.stringContaining(wanted) },
    ]);
  });

  it('says everything that is wrong at once', () => {
    expect(read('strict=maybe&waitSeconds=soon')).toHaveLength(2);
  });
});
