import { askGraphQL, ClientError, GraphqlError } from '@portolan/client';
import { type Caveat, policyName } from '@portolan/model';
import { listOf, objectOf, orNull, text, truth, wholeNumber } from '@portolan/report';
import { readData } from '../../../server/read-data.js';
import type { PeerRow, PeersFacts, PeersQuery } from '../questions.js';
import { askAboutEnds, type AskedSnapshot, type EndInput } from './server-ends.js';
import {
  CAVEATS,
  ROW,
  RULE_FRAGMENT,
  type ServerEnd,
  type ServerRow,
  type ServerRule,
} from './server-shapes.js';

/** Rows of a page: with all that is told of each, well below what a query may cost. */
const PAGE = 50;

/** All peers of an end, page by page. @throws ClientError */
export async function askServerPeers(
  snapshot: AskedSnapshot,
  { question, end, traffic }: PeersQuery,
  assumeEnforced: boolean,
): Promise<PeersFacts> {
  const argument = question === 'who-can-reach' ? 'target' : 'source';
  const field = question === 'who-can-reach' ? 'whoCanReach' : 'reachableFrom';
  const document = documentOf(field, argument);
  return askAboutEnds(snapshot, { [argument]: end.end }, ({ [argument]: input = {} }) =>
    allPages(snapshot, document, { end: input, traffic, assumeEnforced }),
  );
}

function documentOf(field: string, argument: string): string {
  return `query ($id: ID!, $end: EndpointInput!, $traffic: TrafficInput!, $assumeEnforced: Boolean!, $first: Int!, $after: String) {
  snapshot(ref: { id: $id }) {
    page: ${field}(${argument}: $end, traffic: $traffic, assumeEnforced: $assumeEnforced, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      caveats ${CAVEATS.selection}
      nodes ${ROW.selection}
    }
  }
}
${RULE_FRAGMENT}`;
}

interface Page {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly caveats: readonly Caveat[];
  readonly nodes: readonly ServerRow[];
}
interface PageData {
  readonly snapshot: { readonly page: Page } | null;
}

const DATA = objectOf<PageData>({
  snapshot: orNull(
    objectOf<NonNullable<PageData['snapshot']>>({
      page: objectOf<Page>({
        totalCount: wholeNumber(0),
        pageInfo: objectOf<Page['pageInfo']>({ hasNextPage: truth, endCursor: orNull(text) }),
        caveats: CAVEATS.shape,
        nodes: listOf(ROW.shape),
      }),
    }),
  ),
});

interface AskedPeers extends Pick<PeersQuery, 'traffic'> {
  readonly end: EndInput;
  readonly assumeEnforced: boolean;
}

/** Pages have to join without a gap: rows that are missing would look like access that is not there. */
async function allPages(
  snapshot: AskedSnapshot,
  document: string,
  asked: AskedPeers,
): Promise<PeersFacts> {
  const rows: ServerRow[] = [];
  let after: string | null = null;
  let first = PAGE;
  for (;;) {
    const page: Page | null = await askPage(snapshot, document, { ...asked, first, after });
    if (page === null) {
      first = Math.floor(first / 2);
      continue;
    }
    rows.push(...page.nodes);
    const { hasNextPage, endCursor } = page.pageInfo;
    if (!hasNextPage) {
      if (rows.length !== page.totalCount)
        throw new ClientError(`Of ${page.totalCount} rows ${rows.length} came.`);
      return { rows: rows.map(rowOf), caveats: page.caveats };
    }
    if (endCursor === null || endCursor === after || page.nodes.length === 0)
      throw new ClientError('The server says that there are more rows, and does not give them.');
    after = endCursor;
  }
}

/** Null when the page is larger than what the server gives in one answer. */
async function askPage(
  { client, id, signal }: AskedSnapshot,
  document: string,
  variables: AskedPeers & { readonly first: number; readonly after: string | null },
): Promise<Page | null> {
  try {
    const question = { document, variables: { id, ...variables }, read: readData(DATA) };
    const data = await askGraphQL(client, question, signal);
    if (data.snapshot === null) throw new ClientError(`Snapshot ${id} is gone.`);
    return data.snapshot.page;
  } catch (error) {
    const isTooLarge = error instanceof GraphqlError && error.code === 'QUERY_TOO_COSTLY';
    if (isTooLarge && variables.first > 1) return null;
    throw error;
  }
}

function rowOf({ source, destination, traffic, egressReason, ingressReason }: ServerRow): PeerRow {
  const rules = [...egressReason.rules, ...ingressReason.rules].map(ruleText);
  return {
    source: endText(source),
    destination: endText(destination),
    traffic: traffic.ranges,
    rules: [...new Set(rules)],
  };
}

/** As the engine says it: the API shows a namespace by its name alone. */
function endText({ __typename: type, displayName }: ServerEnd): string {
  return type === 'Namespace' ? `namespace ${displayName}` : displayName;
}

function ruleText({ peerPath, rule, location, policy }: ServerRule): string {
  const where = location === null ? '' : ` (${location.path}:${location.startLine})`;
  return `${policyName(policy.namespace?.name ?? null, policy)} ${peerPath ?? rule.path}${where}`;
}
