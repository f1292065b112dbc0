import type { SnapshotDiff } from '@portolan/model';
import {
  isCrossNamespace,
  isInternetEgress,
  isInternetIngress,
  openedAccess,
  stableName,
} from './access-facts.js';

/** Opened access that a difference counts and, being cut at its limit, does not list. */
export interface UnlistedAccess {
  /** Workloads newly reachable from the internet. */
  readonly internetIngress: number;
  /** Workloads that newly reach the internet. */
  readonly internetEgress: number;
  /** Pairs. */
  readonly crossNamespace: number;
}

/** What is missing in the list of a difference: a gate must not hold because something was not looked at. */
export function unlistedAccess({ changes, summary }: SnapshotDiff): UnlistedAccess {
  const listed = changes.flatMap((change) => openedAccess(change) ?? []);
  const ingress = new Set(
    listed.filter(isInternetIngress).map(({ destination }) => stableName(destination)),
  );
  const egress = new Set(listed.filter(isInternetEgress).map(({ source }) => stableName(source)));
  return {
    internetIngress: summary.internetIngressOpened - ingress.size,
    internetEgress: summary.internetEgressOpened - egress.size,
    crossNamespace: summary.crossNamespaceOpened - listed.filter(isCrossNamespace).length,
  };
}
