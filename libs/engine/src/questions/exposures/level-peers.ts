import type { Direction, EndpointRef, ExposureLevel, RuleMatch } from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { EVERYONE, NO_ROW } from '../../snapshot-index.js';
import { externalRef } from '../access-rows.js';
import { clipGroups, groupAddresses, trafficWithAddresses } from '../external-traffic.js';
import { refOf } from '../grouping.js';
import { RuleMatches } from '../reasons.js';
import { isOther } from './level-traffic.js';
import type { OutsideAddresses, OutsideLevel } from './outside-addresses.js';
import { matchesEveryPod } from './whole-cluster.js';

/** Peers and pairs of classes that one row tells of. */
const PEER_LIMIT = 20;
const PAIR_LIMIT = 4096;

/** Who the peers of a row are, and the rules that admit them. */
export interface LevelPeers {
  readonly peers: readonly EndpointRef[];
  readonly causedBy: readonly RuleMatch[];
  /** Whether there are more. */
  readonly isCut: boolean;
}

/** Finds the peers of some classes at a level, and what lets `within` pass. */
export function levelPeers(
  analysis: Analysis,
  outside: OutsideAddresses,
  direction: Direction,
  level: ExposureLevel,
  classes: Int32Array,
  within: number,
): LevelPeers {
  switch (level) {
    case 'NAMESPACE':
    case 'OTHER_NAMESPACES':
      return podPeers(analysis, direction, level, classes, within);
    case 'ENTIRE_CLUSTER':
      return {
        peers: [
          { kind: 'selection', text: 'all pods of all namespaces', pods: analysis.view.podCount },
        ],
        causedBy: causes(analysis, direction, classes, within, (row) =>
          matchesEveryPod(analysis, direction, row),
        ),
        isCut: false,
      };
    case 'NODES':
    case 'PRIVATE_NETWORKS':
    case 'INTERNET':
      return addressPeers(analysis, outside, direction, level, classes, within);
  }
}

function addressPeers(
  analysis: Analysis,
  outside: OutsideAddresses,
  direction: Direction,
  level: OutsideLevel,
  classes: Int32Array,
  within: number,
): LevelPeers {
  const addresses = outside.of(level);
  const { entryAddresses } = analysis.index.compiled;
  if (addresses === null) {
    const isForAll = (entry: number): boolean => entryAddresses[entry] === EVERYONE;
    const causedBy = causes(analysis, direction, classes, within, () => isForAll);
    return { peers: [], causedBy, isCut: false };
  }
  const subjects = [...classes].map((podClass) => ({ podClass, asked: within }));
  const pieces = trafficWithAddresses(analysis, direction, subjects);
  const groups = clipGroups(groupAddresses(analysis, pieces, []), addresses);
  const matches = new RuleMatches(analysis, direction);
  for (const podClass of classes)
    if (analysis.rowOf(direction, podClass) !== NO_ROW)
      matches.add(podClass, { atoms: addresses.atoms }, within);
  return { peers: groups.map(externalRef), causedBy: matches.list('ALLOW'), isCut: false };
}

function causes(
  analysis: Analysis,
  direction: Direction,
  classes: Int32Array,
  within: number,
  matchesOf: (row: number) => (entry: number) => boolean,
): RuleMatch[] {
  const found = new RuleMatches(analysis, direction);
  for (const podClass of classes) {
    const row = analysis.rowOf(direction, podClass);
    if (row !== NO_ROW) found.add(podClass, { matches: matchesOf(row) }, within);
  }
  return found.list('ALLOW');
}

/** The namespaces of the peers. */
function podPeers(
  analysis: Analysis,
  direction: Direction,
  level: 'NAMESPACE' | 'OTHER_NAMESPACES',
  classes: Int32Array,
  within: number,
): LevelPeers {
  const { namespace, count } = analysis.index.classes;
  const matches = new RuleMatches(analysis, direction);
  const perClass = new Int32Array(count);
  const namespaces = new Set<number>();
  let pairs = 0;
  for (const podClass of classes) {
    analysis.trafficWithPeers(direction, podClass, perClass);
    const isGoverned = analysis.rowOf(direction, podClass) !== NO_ROW;
    for (let peer = 0; peer < count; peer++) {
      const isOwn = namespace[peer] === namespace[podClass];
      if (isOwn !== (level === 'NAMESPACE') || perClass[peer] === NO_TRAFFIC) continue;
      if (!isOther(analysis, podClass, peer)) continue;
      namespaces.add(namespace[peer]!);
      if (isGoverned && pairs++ < PAIR_LIMIT) matches.add(podClass, { podClass: peer }, within);
    }
  }
  return {
    peers: [...namespaces].slice(0, PEER_LIMIT).map((one) => refOf(analysis, 'NAMESPACE', one)),
    causedBy: matches.list('ALLOW'),
    isCut: namespaces.size > PEER_LIMIT || pairs > PAIR_LIMIT,
  };
}
