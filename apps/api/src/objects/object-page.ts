import { type Connection, toConnection } from '../relay/connection.js';
import { type PageInput, readPage, slicePage } from '../relay/page.js';

/**
 * The page of a list of snapshot-wide indices that the arguments ask for; only its objects are read.
 * @throws BadQuestionError as `readPage`.
 */
export function objectPage<Model>(
  indices: readonly number[],
  args: PageInput,
  toModel: (index: number) => Model,
): Connection<Model> {
  const page = readPage(args);
  return toConnection(slicePage(indices, page).map(toModel), indices.length, page);
}
