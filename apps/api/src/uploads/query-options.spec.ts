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
        git: null,
        idempotencyKey: null,
      },
    });
  });

  it('takes the key of a retry from the address or a header', () => {
    expect(read('', 'h')).toMatchObject({ said: { idempotencyKey: 'h' } });
    expect(read('idempotencyKey=a', 'h')).toMatchObject({ said: { idempotencyKey: 'a' } });
  });

  it('takes where the manifests lie in git', () => {
    const commit = 'a'.repeat(40);
    const query = `git.repository=acme/deploy&git.commit=${commit}&git.ref=main&git.pullRequest=7&git.url=https://x`;
    const git = {
      repository: 'acme/deploy',
      commit,
      ref: 'main',
      pullRequest: 7,
      url: 'https://x',
    };
    expect(read(query)).toMatchObject({ said: { git } });
    expect(read('git.repository=a')).toMatchObject({
      said: { git: { repository: 'a', commit: null, ref: null, pullRequest: null, url: null } },
    });
  });

  it.each([
    ['git.commit=abc', 'git.commit', 'needs git.repository'],
    ['git.repository=a&git.pullRequest=-1', 'git.pullRequest', 'is a number'],
    ['git.repository=a&git.pullRequest=2147483648', 'git.pullRequest', 'is a number'],
    [`git.repository=a&git.ref=${'r'.repeat(5_000)}`, 'git.ref', 'at most'],
    [`git.repository=a&git.url=https://${'r'.repeat(9_000)}`, 'git.url', 'at most'],
    ['git.branch=a', 'git.branch', 'There is no parameter git.branch'],
  ])('refuses %s', (query, field, message) => {
    const errors = read(query);
    expect(errors).toMatchObject([{ code: 'INVALID', message: expect.stringContaining(message) }]);
    const [{ field: path }] = errors as unknown as [{ field: string[] }];
    expect(path.join('.')).toBe(field);
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
