import type {
  AccessPage,
  AllowedAccess,
  Asked,
  Direction,
  PageRequest,
  PeersQuestion,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { findPeerClasses } from '../hypothetical/find-peer-classes.js';
import { supposePods } from '../hypothetical/suppose-pods.js';
import { externalRow, peerClassRow, plainExternalRow, plainPodRow, podRow } from './access-rows.js';
import { AskedTraffic } from './asked-traffic.js';
import { Caveats } from './caveats.js';
import { sideCaveats } from './side-caveats.js';
import { externalGroups, listGroups } from './groups.js';
import { PeerTraffic } from './peer-traffic.js';
import { missingServicePort } from '../services/resolve-service.js';
import { isResolved, resolveEndpoint } from './resolve-endpoint.js';

/** Peers of one endpoint: its sources (INGRESS, `whoCanReach`) or its destinations (EGRESS, `reachableFrom`). */
export function askPeers(
  given: Analysis,
  direction: Direction,
  question: PeersQuestion,
): Asked<AccessPage> {
  const analysis = supposePods(given.inForce(question), [question.endpoint]);
  analysis.startQuestion();
  const endpoint = resolveEndpoint(analysis, question.endpoint);
  if (!isResolved(endpoint))
    return {
      ok: false,
      problem: { ...endpoint, argument: direction === 'INGRESS' ? 'target' : 'source' },
    };
  const servicePorts = direction === 'INGRESS' ? endpoint.servicePorts : null;
  const missing = direction === 'INGRESS' ? missingServicePort(endpoint, question.traffic) : null;
  if (missing !== null) return { ok: false, problem: { ...missing, argument: 'traffic' } };
  const asked = new AskedTraffic(analysis, question.traffic, servicePorts);
  const peers = new PeerTraffic(analysis, direction, endpoint, asked, question.peers);
  const groups = listGroups(analysis, peers, question.groupBy, question.peers);
  const external = question.peers.external
    ? externalGroups(analysis, direction, endpoint, asked, question.peers.hosts)
    : [];
  const supposed = question.peers.hypothetical
    ? findPeerClasses(analysis, direction, question, peers)
    : null;
  const { groupBy, isExplained } = question;
  const [ofPods, ofAddresses] = isExplained
    ? [podRow, externalRow]
    : [plainPodRow, plainExternalRow];
  const { rows, totalCount } = pageOf(question.page, [
    rowsOf(groups, (group) => ofPods(analysis, direction, endpoint, groupBy, group)),
    rowsOf(supposed?.peers ?? [], (one) => peerClassRow(supposed!, direction, one, isExplained)),
    rowsOf(external, (group) => ofAddresses(analysis, direction, endpoint, group)),
  ]);
  const caveats = new Caveats(analysis);
  if (isExplained) {
    const { external: withAddresses } = question.peers;
    const query = question.traffic;
    const side = { direction, endpoint, peer: null, asked, query, external: withAddresses };
    sideCaveats(analysis, side, caveats);
    if (supposed !== null)
      sideCaveats(
        supposed.analysis,
        { ...side, endpoint: supposed.endpoint, asked: supposed.asked },
        caveats,
      );
    caveats.addAll(rows);
  }
  caveats.addIf(supposed !== null && !supposed.isWhole, 'RESULT_TRUNCATED');
  return { ok: true, answer: { rows, totalCount, caveats: caveats.list() } };
}

/** Rows that are made when a page has them. */
interface RowList {
  readonly count: number;
  readonly at: (index: number) => AllowedAccess;
}

function rowsOf<Item>(items: readonly Item[], rowOf: (item: Item) => AllowedAccess): RowList {
  return { count: items.length, at: (index) => rowOf(items[index]!) };
}

/** A page of several lists, one after the other. */
function pageOf(
  { offset, limit }: PageRequest,
  lists: readonly RowList[],
): { rows: AllowedAccess[]; totalCount: number } {
  const rows: AllowedAccess[] = [];
  let first = 0;
  for (const { count, at } of lists) {
    const end = Math.min(count, offset + limit - first);
    for (let i = Math.max(0, offset - first); i < end; i++) rows.push(at(i));
    first += count;
  }
  return { rows, totalCount: first };
}
