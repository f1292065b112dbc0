import { formatTraffic, isAtLeast, type Severity } from '@portolan/model';
import { displayName } from '@portolan/engine';
import {
  type AccessRow,
  type Cause,
  type GateResult,
  invariantText,
  type Place,
  type ReviewedFinding,
  type ReviewedInvariant,
  type SkippedInput,
  type UnprotectedRow,
  type Violation,
} from '@portolan/report';
import {
  isCrossNamespace,
  isInternetEgress,
  isInternetIngress,
  type OpenedAccess,
} from './access-facts.js';
import type { CollapsedRow } from './collapse-rows.js';
import type { OpenWorkload } from './find-open-workloads.js';
import type { UnlistedAccess } from './unlisted-access.js';

/** What gates look at. */
export interface GateFacts {
  readonly rows: readonly CollapsedRow[];
  readonly unlisted: UnlistedAccess;
  readonly unprotected: readonly UnprotectedRow[];
  readonly openToCluster: readonly OpenWorkload[];
  readonly skipped: readonly SkippedInput[];
  readonly newFindings: readonly ReviewedFinding[];
  readonly invariants: readonly ReviewedInvariant[];
  /** The least severity of findings that count. */
  readonly minSeverity: Severity;
}

interface Gate {
  readonly name: string;
  /** For people: what makes it fail. */
  readonly about: string;
  readonly find: (facts: GateFacts) => Violation[];
}

const byAccess =
  (isMeant: (access: OpenedAccess) => boolean, kind: keyof UnlistedAccess) =>
  ({ rows, unlisted }: GateFacts): Violation[] => {
    const found = rows.flatMap(({ row, sample }) => {
      const left = sample.left.filter(isMeant);
      return left.length === 0
        ? []
        : [{ text: uncoveredText(row, left), place: placeOf(row.causes) }];
    });
    const more = unlisted[kind];
    // Whether an exception covers these nobody looked at.
    return more > 0 ? [...found, { text: `${more} more that are not listed`, place: null }] : found;
  };

/** Every gate there is, in the order in which results are listed. */
const ALL_GATES = [
  {
    name: 'new-internet-ingress',
    about: 'something is newly reachable from the internet',
    find: byAccess(isInternetIngress, 'internetIngress'),
  },
  {
    name: 'new-internet-egress',
    about: 'something may newly reach the internet',
    find: byAccess(isInternetEgress, 'internetEgress'),
  },
  {
    name: 'new-cross-namespace-access',
    about: 'something is newly reachable from another namespace',
    find: byAccess(isCrossNamespace, 'crossNamespace'),
  },
  {
    name: 'new-entire-cluster-ingress',
    about: 'something newly lets in every pod of the cluster, whatever its labels',
    find: ({ openToCluster }) =>
      openToCluster.map(({ workload, traffic, place }) => ({
        text: `every pod of the cluster → ${workload}: ${formatTraffic(traffic)}`,
        place,
      })),
  },
  {
    name: 'newly-unprotected-workloads',
    about: 'a workload lost all isolation by NetworkPolicies in some direction',
    find: ({ unprotected }) =>
      unprotected.map(({ workload, directions, causes }) => ({
        text: `${workload}: ${directions.join(' and ').toLowerCase()} no longer isolated`,
        place: placeOf(causes),
      })),
  },
  {
    name: 'broken-invariants',
    about: 'an invariant is broken, or may be, that was not in the base',
    find: ({ invariants }) =>
      invariants
        .filter(({ isNewlyBroken }) => isNewlyBroken)
        .map((invariant) => ({
          text: invariantText(invariant),
          place: placeOf(invariant.counterexamples.flatMap(({ causes }) => causes)),
        })),
  },
  {
    name: 'new-findings',
    about: 'a finding of --min-severity or graver is there that the base does not have',
    find: ({ newFindings, minSeverity }) =>
      newFindings
        .filter(({ status, severity }) => status !== 'ACCEPTED' && isAtLeast(severity, minSeverity))
        .map(({ rule, object, message, place }) => ({
          text: `${rule} ${object}: ${message}`,
          place,
        })),
  },
  {
    name: 'closed-access',
    about: 'something is no longer reachable',
    find: ({ rows }) =>
      rows.flatMap(({ row }) =>
        row.closed.length === 0
          ? []
          : [{ text: rowText(row, row.closed), place: placeOf(row.causes) }],
      ),
  },
  {
    name: 'any-change',
    about: 'anything was opened or closed; exceptions do not count',
    find: ({ rows }) =>
      rows.map(({ row }) => ({
        text: rowText(row, row.opened.length > 0 ? row.opened : row.closed),
        place: placeOf(row.causes),
      })),
  },
  {
    name: 'invalid-input',
    about: 'input that the change brought or touched could not be used',
    find: ({ skipped }) =>
      skipped
        .filter(({ isNew }) => isNew)
        .map(({ code, message, place }) => ({ text: `${code}: ${message}`, place })),
  },
] as const satisfies readonly Gate[];

/** The name of a gate. */
export type GateName = (typeof ALL_GATES)[number]['name'];

/** Gates with what makes them fail. */
export const GATES: readonly { readonly name: GateName; readonly about: string }[] = ALL_GATES;

/** Gates that fail a review when nobody chose any. */
export const DEFAULT_FAIL_ON: readonly GateName[] = [
  'new-internet-ingress',
  'newly-unprotected-workloads',
  'broken-invariants',
];

/** The gate of that name; null when there is none. */
export function findGate(name: string): GateName | null {
  return GATES.find((gate) => gate.name === name)?.name ?? null;
}

/** Asks the chosen gates. One that is to fail and to warn fails. */
export function askGates(
  facts: GateFacts,
  failOn: readonly GateName[],
  warnOn: readonly GateName[],
): GateResult[] {
  const gates: readonly (Gate & { name: GateName })[] = ALL_GATES;
  return gates
    .filter(({ name }) => failOn.includes(name) || warnOn.includes(name))
    .map(({ name, find }) => {
      const violations = find(facts);
      const bad = failOn.includes(name) ? 'FAILED' : 'WARNED';
      return { gate: name, status: violations.length === 0 ? 'HELD' : bad, violations };
    });
}

function rowText({ source, destination }: AccessRow, traffic: AccessRow['opened']): string {
  return `${source.text} → ${destination.text}: ${formatTraffic(traffic)}`;
}

/** Of a row of which exceptions cover a part, what is left. */
function uncoveredText(row: AccessRow, left: readonly OpenedAccess[]): string {
  if (row.exceptions.length === 0) return rowText(row, row.opened);
  const parts = left.map(
    ({ source, destination, traffic }) =>
      `${displayName(source)} → ${displayName(destination)}: ${formatTraffic(traffic)}`,
  );
  const pairs = row.pairs > 1 ? ` (one of ${row.pairs} pairs like it)` : '';
  return `${parts.join(', ')}${pairs}, which no exception covers`;
}

/** The first place in the head: an annotation has to be about the change. */
function placeOf(causes: readonly Cause[]): Place | null {
  const places = causes.flatMap(({ place }) => place ?? []);
  return places.find(({ side }) => side === 'HEAD') ?? places[0] ?? null;
}
