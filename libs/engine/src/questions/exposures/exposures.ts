import {
  type Asked,
  type Direction,
  DIRECTIONS,
  type Exposure,
  EXPOSURE_LEVELS,
  type ExposureLevel,
  type ExposurePage,
  type ExposurePath,
  type ExposuresQuestion,
} from '@portolan/model';
import type { Analysis } from '../../analysis.js';
import { namedNamespaces } from '../../lists/named-namespaces.js';
import { groupOf } from '../../sets/grouped.js';
import { NO_TRAFFIC } from '../../sets/traffic-sets.js';
import { Caveats } from '../caveats.js';
import { allAccessCaveats } from '../side-caveats.js';
import { findControllers } from './ingress-controllers.js';
import { levelPeers } from './level-peers.js';
import { LevelTraffic } from './level-traffic.js';
import { OutsideAddresses } from './outside-addresses.js';
import { type FoundPath, OutsidePaths } from './outside-paths.js';
import { PublishedServices } from './published-services.js';
import { RouteJudge } from './route-judge.js';

/** A row before its peers and reasons are looked up. */
interface FoundExposure {
  readonly workload: number;
  readonly direction: Direction;
  readonly level: ExposureLevel;
  readonly isolated: boolean;
  /** What passes without a Service or route in between. */
  readonly direct: number;
  readonly paths: readonly FoundPath[];
}

/**
 * How widely workloads exchange traffic: one row for each workload, direction and level at which something passes, or is
 * published. Sorted by namespace, workload, direction (ingress first) and level.
 */
export function exposures(given: Analysis, question: ExposuresQuestion): Asked<ExposurePage> {
  const analysis = given.inForce(question);
  analysis.startQuestion();
  const outside = new OutsideAddresses(analysis);
  const { offset, limit } = question.page;
  const kept: FoundExposure[] = [];
  let totalCount = 0;
  for (const found of allExposures(analysis, question, outside)) {
    if (totalCount >= offset && kept.length < limit) kept.push(found);
    totalCount++;
  }
  const rows = kept.map((found) => explained(analysis, outside, found));
  const caveats = new Caveats(analysis);
  allAccessCaveats(analysis, true, caveats);
  caveats.addAll(rows);
  return { ok: true, answer: { rows, totalCount, caveats: caveats.list() } };
}

function* allExposures(
  analysis: Analysis,
  question: ExposuresQuestion,
  outside: OutsideAddresses,
): Generator<FoundExposure> {
  const { view } = analysis;
  const controllers = findControllers(analysis, question.ingressControllers);
  const traffic = new LevelTraffic(analysis, outside);
  const judge = new RouteJudge(analysis, controllers, traffic);
  const published = new PublishedServices(analysis);
  const paths = new OutsidePaths(analysis, outside, judge);
  const levels = EXPOSURE_LEVELS.slice(EXPOSURE_LEVELS.indexOf(question.atLeast));
  for (const namespace of namedNamespaces(view, question.namespaces))
    for (
      let workload = view.firstWorkload(namespace);
      workload < view.firstWorkload(namespace + 1);
      workload++
    )
      for (const direction of DIRECTIONS) {
        if (question.direction !== null && question.direction !== direction) continue;
        const classes = groupOf(analysis.index.classes.ofWorkload, workload);
        const isolated =
          classes.length > 0 && classes.every((one) => analysis.isIsolated(direction, one));
        if (question.isolated !== null && question.isolated !== isolated) continue;
        for (const level of levels) {
          const direct = classes.reduce(
            (union, one) => analysis.traffic.union(union, traffic.of(direction, level, one)),
            NO_TRAFFIC,
          );
          const own =
            direction === 'INGRESS' && isPublishedLevel(level)
              ? published.ofWorkload(workload).flatMap((one) => paths.of(workload, level, one))
              : [];
          if (direct === NO_TRAFFIC && own.length === 0) continue;
          if (question.published !== null && question.published !== own.length > 0) continue;
          yield { workload, direction, level, isolated, direct, paths: own };
        }
      }
}

function isPublishedLevel(level: ExposureLevel): level is 'PRIVATE_NETWORKS' | 'INTERNET' {
  return level === 'PRIVATE_NETWORKS' || level === 'INTERNET';
}

function explained(
  analysis: Analysis,
  outside: OutsideAddresses,
  { workload, direction, level, isolated, direct, paths }: FoundExposure,
): Exposure {
  const classes = groupOf(analysis.index.classes.ofWorkload, workload);
  const { peers, causedBy, isCut } = levelPeers(
    analysis,
    outside,
    direction,
    level,
    classes,
    direct,
  );
  const caveats = new Caveats(analysis);
  caveats.addIf(isCut, 'RESULT_TRUNCATED');
  caveats.addIf(
    classes.some((one) => analysis.isHost(one)),
    'HOST_NETWORK',
  );
  for (const { caveat } of paths) if (caveat !== null) caveats.add(caveat);
  const all = paths.reduce((union, path) => analysis.traffic.union(union, path.traffic), direct);
  return {
    workload,
    direction,
    level,
    peers,
    traffic: analysis.traffic.get(all),
    isolated,
    causedBy,
    paths: [
      ...directPath(analysis, direction, direct),
      ...paths.map((path) => inWords(analysis, path)),
    ],
    caveats: caveats.list(),
  };
}

function directPath(analysis: Analysis, direction: Direction, direct: number): ExposurePath[] {
  if (direction === 'EGRESS' || direct === NO_TRAFFIC) return [];
  return [
    {
      kind: 'DIRECT_ADDRESS',
      service: null,
      route: null,
      controller: null,
      hosts: [],
      traffic: analysis.traffic.get(direct),
      status: 'OPEN',
      reason: null,
    },
  ];
}

function inWords(analysis: Analysis, path: FoundPath): ExposurePath {
  const { kind, service, route, controller, hosts, status } = path;
  const traffic = analysis.traffic.get(path.traffic);
  return { kind, service, route, controller, hosts, traffic, status, reason: path.explain() };
}
