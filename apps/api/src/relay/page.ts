import type { PageRequest } from '@portolan/model';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { decodeCursor } from './cursor.js';

/** Rows of a page when `first` is not given. */
export const DEFAULT_PAGE_SIZE = 20;
/** The largest `first`. */
export const MAX_PAGE_SIZE = 100;

/** The arguments as they came: GraphQL gives undefined or null for what was left out. */
export interface PageInput {
  readonly first?: number | null;
  readonly after?: string | null;
}

/**
 * Reads `first` and `after`.
 * @throws BadQuestionError PAGE_SIZE when `first` is outside 1-100, CURSOR when `after` is no cursor of ours.
 */
export function readPage({ first, after }: PageInput): PageRequest {
  const limit = first ?? DEFAULT_PAGE_SIZE;
  if (limit < 1 || limit > MAX_PAGE_SIZE) {
    throw new BadQuestionError({
      code: 'PAGE_SIZE',
      argument: 'first',
      message: `\`first\` must be 1 to ${String(MAX_PAGE_SIZE)}, got ${String(limit)}`,
    });
  }
  if (after === undefined || after === null) return { offset: 0, limit };
  const position = decodeCursor(after);
  if (position === null) {
    throw new BadQuestionError({
      code: 'CURSOR',
      argument: 'after',
      message:
        '`after` is not a cursor: take `pageInfo.endCursor` or `edges.cursor` of a page before',
    });
  }
  return { offset: position + 1, limit };
}

/** The part of a whole list that a page wants. */
export function slicePage<Item>(
  items: readonly Item[],
  { offset, limit }: PageRequest,
): readonly Item[] {
  return items.slice(offset, offset + limit);
}
