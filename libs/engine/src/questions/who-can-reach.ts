import type { AccessPage, Asked, PeersQuestion } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { askPeers } from './ask-peers.js';

/** Who can reach the endpoint: one row for each source, with all traffic that both sides allow. Addresses come last. */
export function whoCanReach(analysis: Analysis, question: PeersQuestion): Asked<AccessPage> {
  return askPeers(analysis, 'INGRESS', question);
}

/** What the endpoint can reach: one row for each destination. */
export function reachableFrom(analysis: Analysis, question: PeersQuestion): Asked<AccessPage> {
  return askPeers(analysis, 'EGRESS', question);
}
