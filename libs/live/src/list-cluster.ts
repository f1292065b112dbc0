import type { ApiServer } from './api-server.js';
import { askApiServer, type AskApiServer } from './ask-api-server.js';
import { type KindListing, listKind } from './list-kind.js';
import {
  DEFINITIONS,
  LISTED_KINDS,
  type ListedKind,
  resourceName,
  unknownPolicies,
} from './listed-kinds.js';
import { ListingError } from './listing-error.js';
import type { ListingLimits } from './listing-limits.js';
import type { ObjectLines } from './object-lines.js';
import { servedKinds } from './served-kinds.js';

/** A piece of a listing. */
export type ListingPart =
  /** JSON objects, one a line. */
  | { readonly type: 'FILE'; readonly path: string; readonly content: Buffer }
  /** A kind is listed to its end; all its files came before. */
  | { readonly type: 'LISTED'; readonly resource: string; readonly objects: number }
  /** A kind could not be listed: what there is of it is missing. */
  | { readonly type: 'GAP'; readonly resource: string; readonly reason: string };

/**
 * Lists a cluster, kind after kind. The end of the parts is the end of the listing: as long as it has not come, what came
 * is not the cluster. Kinds are read one after the other, so an object that changes meanwhile may be seen with another
 * state of the rest.
 * @throws ListingError; what `signal` was aborted with.
 */
export async function* listCluster(
  server: ApiServer,
  limits: ListingLimits,
  signal: AbortSignal,
): AsyncGenerator<ListingPart> {
  const timeout = AbortSignal.timeout(limits.totalMs);
  try {
    yield* listAll(askApiServer(server, limits, AbortSignal.any([signal, timeout])), limits);
  } catch (error) {
    signal.throwIfAborted();
    if (!timeout.aborted) throw error;
    throw new ListingError(`The listing has not ended within ${limits.totalMs / 1000} s.`);
  }
}

async function* listAll(ask: AskApiServer, limits: ListingLimits): AsyncGenerator<ListingPart> {
  const find = await servedKinds(ask);
  const gaps: Gap[] = [];
  const wantedKinds = [...LISTED_KINDS];
  for (const wanted of wantedKinds) {
    const resource = resourceName(wanted);
    const served = await find(wanted);
    const listing = served === null ? null : await listKind(wanted, served, ask, limits);
    if (listing?.kind === 'LISTED') {
      const { lines } = listing;
      for (const [i, content] of lines.blocks().entries()) {
        const part = i === 0 ? '' : `-${i + 1}`;
        yield { type: 'FILE', path: `${resource}${part}.json`, content };
      }
      yield { type: 'LISTED', resource, objects: lines.count };
      // The list of kinds grows while it is gone through.
      if (wanted === DEFINITIONS) wantedKinds.push(...unknownPolicies(namesOf(lines)));
      continue;
    }
    const reason = reasonForGap(listing, wanted);
    if (reason === null) continue;
    if (!wanted.isAside)
      gaps.push({ group: wanted.group, kind: served?.kind ?? wanted.plural, reason });
    yield { type: 'GAP', resource, reason };
  }
  if (gaps.length > 0) yield { type: 'FILE', path: 'not-listed.json', content: noticesOf(gaps) };
}

/** Null when nothing is missing: what is not installed has no objects. */
function reasonForGap(listing: KindListing | null, { isBuiltIn }: ListedKind): string | null {
  if (listing?.kind === 'FORBIDDEN') return '403 Forbidden';
  return isBuiltIn ? 'the API server does not have it' : null;
}

/** What is missing, as libs/manifests reads it: the snapshot then says so itself, and is PARTIAL. */
function noticesOf(gaps: readonly Gap[]): Buffer {
  const notices = gaps.map((spec) => ({
    apiVersion: 'portolan/v1',
    kind: 'UnlistedKind',
    metadata: { name: resourceName({ group: spec.group, plural: spec.kind.toLowerCase() }) },
    spec,
  }));
  return Buffer.from(notices.map((notice) => `${JSON.stringify(notice)}\n`).join(''));
}

interface Gap {
  readonly group: string;
  readonly kind: string;
  readonly reason: string;
}

function namesOf(lines: ObjectLines): string[] {
  return lines
    .blocks()
    .flatMap((block) => block.toString().trimEnd().split('\n'))
    .map((line) => (JSON.parse(line) as { metadata: { name: string } }).metadata.name);
}
