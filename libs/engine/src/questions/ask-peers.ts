import type { AccessPage, Asked, Direction, PeersQuestion } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { externalRow, plainExternalRow, plainPodRow, podRow } from './access-rows.js';
import { AskedTraffic } from './asked-traffic.js';
import { Caveats } from './caveats.js';
import { sideCaveats } from './side-caveats.js';
import { externalGroups, listGroups } from './groups.js';
import { PeerTraffic } from './peer-traffic.js';
import { isResolved, resolveEndpoint } from './resolve-endpoint.js';

/** Peers of one endpoint: its sources (INGRESS, `whoCanReach`) or its destinations (EGRESS, `reachableFrom`). */
export function askPeers(
  given: Analysis,
  direction: Direction,
  question: PeersQuestion,
): Asked<AccessPage> {
  const analysis = given.inForce(question);
  analysis.startQuestion();
  const endpoint = resolveEndpoint(analysis, question.endpoint);
  if (!isResolved(endpoint))
    return {
      ok: false,
      problem: { ...endpoint, argument: direction === 'INGRESS' ? 'target' : 'source' },
    };
  const asked = new AskedTraffic(analysis, question.traffic);
  const peers = new PeerTraffic(analysis, direction, endpoint, asked, question.peers);
  const groups = listGroups(analysis, peers, question.groupBy, question.peers);
  const external = question.peers.external
    ? externalGroups(analysis, direction, endpoint, asked, question.peers.hosts)
    : [];
  const { offset, limit } = question.page;
  const { groupBy, isExplained } = question;
  const [ofPods, ofAddresses] = isExplained
    ? [podRow, externalRow]
    : [plainPodRow, plainExternalRow];
  const rows = [
    ...groups
      .slice(offset, offset + limit)
      .map((group) => ofPods(analysis, direction, endpoint, groupBy, group)),
    ...external
      .slice(Math.max(0, offset - groups.length), Math.max(0, offset + limit - groups.length))
      .map((group) => ofAddresses(analysis, direction, endpoint, group)),
  ];
  const caveats = new Caveats(analysis);
  if (isExplained) {
    const { external: withAddresses } = question.peers;
    const query = question.traffic;
    const side = { direction, endpoint, peer: null, asked, query, external: withAddresses };
    sideCaveats(analysis, side, caveats);
    caveats.addAll(rows);
  }
  return {
    ok: true,
    answer: { rows, totalCount: groups.length + external.length, caveats: caveats.list() },
  };
}
