import {
  compareText,
  type EndpointRef,
  formatTraffic,
  invariant,
  SEVERITIES,
} from '@portolan/model';
import { displayName } from '@portolan/engine';
import { type AccessRow, type RowEnd } from '@portolan/report';
import { stableName } from './access-facts.js';
import { hashOf } from './hash-of.js';
import type { JudgedChange } from './judged-change.js';

/** A row, and one of the changes that it stands for: they differ in their ends only. */
export interface CollapsedRow {
  readonly row: AccessRow;
  readonly sample: JudgedChange;
}

/**
 * Puts changes together that have the same cause, traffic and judgement: first all sources of a destination, then
 * destinations with the same sources. Gravest first, then by the names of the ends.
 */
export function collapseRows(changes: readonly JudgedChange[]): CollapsedRow[] {
  const rows = [...groupedBy(changes, sameness).values()].flatMap((alike) =>
    rectangles(alike).map(toRow),
  );
  return rows.sort(({ row: a }, { row: b }) => compareRows(a, b));
}

/** Everything of a change but which workloads are its ends. */
function sameness({ change, judgement, causes, exceptions, left }: JudgedChange): string {
  const outside = [change.source.ref, change.destination.ref].map((ref) =>
    ref.kind === 'external' ? stableName(ref) : ref.kind,
  );
  const uncovered = left.map(({ traffic }) => formatTraffic(traffic));
  const traffic = [change.opened, change.closed].map(formatTraffic);
  return JSON.stringify([change.kind, outside, traffic, judgement, causes, exceptions, uncovered]);
}

/** Changes between two sets of ends, each end of the one with each of the other. */
function rectangles(changes: readonly JudgedChange[]): (readonly JudgedChange[])[] {
  const byDestination = groupedBy(changes, ({ change }) => stableName(change.destination.ref));
  const sources = new Set(changes.map(({ change }) => stableName(change.source.ref)));
  const sourcesOf = ([name, column]: readonly [string, readonly JudgedChange[]]): string => {
    const own = column.map(({ change }) => stableName(change.source.ref));
    // A source of others counts as one of itself: workloads that reach one another are one row.
    const ends = sources.has(name) ? [...own, name] : own;
    return JSON.stringify([...new Set(ends)].sort(compareText));
  };
  return [...groupedBy(byDestination, sourcesOf).values()].map((alike) =>
    alike.flatMap(([, column]) => column),
  );
}

function toRow(changes: readonly JudgedChange[]): CollapsedRow {
  const [sample] = changes;
  invariant(sample !== undefined, 'a row stands for some change');
  const { change, judgement, causes, exceptions } = sample;
  const row = {
    kind: change.kind,
    source: rowEnd(changes.map(({ change: { source } }) => source.ref)),
    destination: rowEnd(changes.map(({ change: { destination } }) => destination.ref)),
    pairs: changes.length,
    opened: change.opened,
    closed: change.closed,
    ...judgement,
    causes,
    exceptions,
  };
  return { row: { fingerprint: fingerprint(row), ...row }, sample };
}

/** Hash of what a row says, without lines: a comment above a policy makes no other row. */
function fingerprint({
  kind,
  source,
  destination,
  opened,
  closed,
  causes,
}: Omit<AccessRow, 'fingerprint'>): string {
  const objects = causes.map(({ object, rule }) => [object, rule]);
  const ends = [source.members, destination.members];
  return hashOf([kind, ends, formatTraffic(opened), formatTraffic(closed), objects]);
}

/** Workloads that are named one by one; of more, their number is. */
const NAMED_WORKLOADS = 3;

function rowEnd(refs: readonly EndpointRef[]): RowEnd {
  const distinct = new Map(refs.map((ref) => [stableName(ref), ref]));
  const [first] = distinct.values();
  invariant(first !== undefined, 'a row has ends');
  if (first.kind === 'external')
    return { kind: 'external', text: displayName(first), members: first.cidrs };
  const ends = [...distinct.values()];
  const members = ends.map(displayName).sort(compareText);
  return ends.length === 1
    ? { kind: 'workload', text: displayName(first), members }
    : { kind: 'workloads', text: severalText(ends), members };
}

function severalText(refs: readonly EndpointRef[]): string {
  const workloads = refs.filter((ref) => ref.kind === 'workload');
  if (workloads.length <= NAMED_WORKLOADS)
    return workloads
      .map(({ namespace, name }) => `${namespace}/${name}`)
      .sort(compareText)
      .join(', ');
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))];
  const where = namespaces.length === 1 ? (namespaces[0] ?? '') : `${namespaces.length} namespaces`;
  return `${workloads.length} workloads in ${where}`;
}

function compareRows(a: AccessRow, b: AccessRow): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.destination.text, b.destination.text) ||
    compareText(a.source.text, b.source.text) ||
    compareText(formatTraffic(a.opened), formatTraffic(b.opened)) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function groupedBy<Of>(all: Iterable<Of>, keyOf: (one: Of) => string): Map<string, Of[]> {
  const groups = new Map<string, Of[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups;
}
