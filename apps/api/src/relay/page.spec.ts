import { describe, expect, it } from 'vitest';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { toConnection } from './connection.js';
import { readPage, slicePage } from './page.js';

const LETTERS = ['a', 'b', 'c', 'd', 'e'];

function letters(first: number, after?: string): ReturnType<typeof toConnection<string>> {
  const page = readPage({ first, after: after ?? null });
  return toConnection(slicePage(LETTERS, page), LETTERS.length, page);
}

function problemOf(run: () => unknown): BadQuestionError {
  try {
    run();
  } catch (error) {
    if (error instanceof BadQuestionError) return error;
    throw error;
  }
  throw new Error('expected a BadQuestionError');
}

describe('paging', () => {
  it('walks a list by its cursors, without gap or repeat', () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 3; pages++) {
      const connection = letters(2, after);
      seen.push(...connection.nodes);
      expect(connection.totalCount).toBe(5);
      expect(connection.pageInfo.hasPreviousPage).toBe(pages > 0);
      expect(connection.pageInfo.hasNextPage).toBe(pages < 2);
      after = connection.pageInfo.endCursor ?? undefined;
    }
    expect(seen).toEqual(LETTERS);
  });

  it('continues after the cursor of any edge', () => {
    const [, second] = letters(3).edges;
    expect(letters(1, second?.cursor).nodes).toEqual(['c']);
  });

  it('is empty past the end, and says that something precedes', () => {
    const last = letters(100).pageInfo.endCursor ?? '';
    const { nodes, pageInfo } = letters(2, last);
    expect(nodes).toEqual([]);
    expect(pageInfo).toEqual({
      startCursor: null,
      endCursor: null,
      hasNextPage: false,
      hasPreviousPage: true,
    });
  });

  it('counts no further than a GraphQL Int goes, and knows that there is more', () => {
    const page = toConnection(LETTERS, 3_000_000_000, { offset: 2_500_000_000, limit: 5 });
    expect(page.totalCount).toBe(2_147_483_647);
    expect(page.pageInfo.hasNextPage).toBe(true);
  });

  it('takes 20 when nothing is asked for', () => {
    expect(readPage({})).toEqual({ offset: 0, limit: 20 });
  });

  it.each([0, -1, 101])('refuses a page of %i', (first) => {
    expect(problemOf(() => readPage({ first }))).toMatchObject({
      code: 'PAGE_SIZE',
      argument: 'first',
    });
  });

  const badCursors = [
    '',
    'MTA',
    'x'.repeat(1000),
    Buffer.from('row:-1').toString('base64url'),
    Buffer.from('row:01').toString('base64url'),
    Buffer.from('row:9999999999').toString('base64url'),
  ];
  it.each(badCursors)('refuses a cursor that it did not give: %s', (after) => {
    expect(problemOf(() => readPage({ after }))).toMatchObject({
      code: 'CURSOR',
      argument: 'after',
    });
  });
});
