import type { ApiResult, AskApiServer } from './ask-api-server.js';
import { KEEP_METADATA, keptOf } from './kept-fields.js';
import { type ListedKind, resourceName } from './listed-kinds.js';
import { ListingError } from './listing-error.js';
import type { ListingLimits } from './listing-limits.js';
import { ObjectLines } from './object-lines.js';
import type { ServedKind } from './served-kinds.js';

/** What came of asking for the objects of a kind. */
export type KindListing =
  | { readonly kind: 'LISTED'; readonly lines: ObjectLines }
  | { readonly kind: 'FORBIDDEN' }
  /** It went away after it had been found. */
  | { readonly kind: 'MISSING' };

/** Names and labels are enough, and definitions are large; servers that cannot do that send everything. */
const METADATA_ONLY =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/**
 * All objects of a kind, page by page. They are held until the last page: when the API server forgets where the list was
 * (410 Gone), it is begun anew, and of the first attempt nothing may be left: objects of it may be gone meanwhile.
 */
export async function listKind(
  wanted: ListedKind,
  served: ServedKind,
  ask: AskApiServer,
  { pageSize, restarts }: Pick<ListingLimits, 'pageSize' | 'restarts'>,
): Promise<KindListing> {
  const accept = wanted.kept === KEEP_METADATA ? METADATA_ONLY : undefined;
  for (let restart = 0; restart <= restarts; restart++) {
    // The last one is without pages: what is given in one answer cannot expire.
    const limit = restart < restarts ? `limit=${pageSize}` : '';
    const result = await listOnce(wanted, served, (page) => {
      const query = [limit, page].filter((part) => part !== '').join('&');
      return ask(query === '' ? served.path : `${served.path}?${query}`, accept);
    });
    if (result.kind !== 'EXPIRED') return result;
  }
  throw new ListingError(
    `The list of ${resourceName(wanted)} expired ${restarts + 1} times: pages take too long.`,
  );
}

async function listOnce(
  wanted: ListedKind,
  served: ServedKind,
  askPage: (page: string) => Promise<ApiResult>,
): Promise<KindListing | { readonly kind: 'EXPIRED' }> {
  const lines = new ObjectLines();
  let next = '';
  for (;;) {
    const result = await askPage(next === '' ? '' : `continue=${encodeURIComponent(next)}`);
    if (result.kind !== 'OK') return result;
    const { items, next: following } = pageOf(result.value, wanted);
    for (const item of items) lines.add(JSON.stringify(keptOf(item, wanted.kept, served)));
    if (following === '') return { kind: 'LISTED', lines };
    if (following === next) throw notAList(wanted);
    next = following;
  }
}

interface Page {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  /** Where the list goes on; empty at its end. */
  readonly next: string;
}

function pageOf(value: Readonly<Record<string, unknown>>, wanted: ListedKind): Page {
  const { items, metadata } = value;
  // Go writes an empty list as null.
  const list = items === null ? [] : items;
  if (!Array.isArray(list) || !list.every(isMap) || !isMap(metadata)) throw notAList(wanted);
  const { continue: next } = metadata;
  return { items: list, next: typeof next === 'string' ? next : '' };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notAList(wanted: ListedKind): ListingError {
  return new ListingError(`What the API server gives for ${resourceName(wanted)} is no list.`);
}
