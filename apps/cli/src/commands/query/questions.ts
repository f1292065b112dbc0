import type { Caveat, TrafficQuery, TrafficSet, Verdict } from '@portolan/model';
import type { WrittenEnd } from './read-end.js';

/** An end as it was given, and what it means. */
export interface AskedEnd {
  readonly text: string;
  readonly end: WrittenEnd;
}

/** Who can reach an end, or what it can reach. */
export interface PeersQuery {
  readonly question: 'who-can-reach' | 'reachable-from';
  readonly end: AskedEnd;
  readonly traffic: TrafficQuery;
}

/** Whether a connection passes. */
export interface ConnectionQuery {
  readonly question: 'can-reach';
  readonly from: AskedEnd;
  readonly to: AskedEnd;
  readonly traffic: TrafficQuery;
}

/** A peer, and the rules that let the traffic pass. */
export interface PeerRow {
  readonly source: string;
  readonly destination: string;
  readonly traffic: TrafficSet;
  /** Of both sides, each once. A side that nothing isolates has none. */
  readonly rules: readonly string[];
}

/** All peers of an end. */
export interface PeersFacts {
  readonly rows: readonly PeerRow[];
  readonly caveats: readonly Caveat[];
}

/** The verdict about a connection, and why. */
export interface ConnectionFacts {
  readonly from: string;
  readonly to: string;
  readonly verdict: Verdict;
  readonly allowed: TrafficSet;
  readonly denied: TrafficSet;
  readonly unknown: TrafficSet;
  /** In Markdown. */
  readonly explanation: string;
  readonly caveats: readonly Caveat[];
}
