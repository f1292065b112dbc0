import type { AccessChange, DiffSummary, EndpointRef } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { workloadIsolation } from '../questions/isolation.js';
import { groupOf } from '../sets/grouped.js';
import type { Namespaces } from './namespaces.js';

/** Changes that a diff lists at most of those that open something, and of those that only close. All are counted. */
const LISTED_CHANGES = 20_000;

/** Collects changes: the riskier ones are never crowded out by the others. */
export class ChangeList {
  readonly #opening: AccessChange[] = [];
  readonly #closing: AccessChange[] = [];
  readonly #causes = new Set<number>();
  readonly #reachedFromInternet = new Set<string>();
  readonly #reachingInternet = new Set<string>();
  readonly counts = { opened: 0, closed: 0, altered: 0, crossNamespaceOpened: 0 };

  add(change: AccessChange): void {
    for (const cause of change.causedBy) this.#causes.add(cause);
    this.#count(change);
    if (this.hasRoom(change.kind)) this.#listOf(change.kind).push(change);
  }

  /** Whether a change of a kind would be listed. */
  hasRoom(kind: AccessChange['kind']): boolean {
    return this.#listOf(kind).length < LISTED_CHANGES;
  }

  #listOf(kind: AccessChange['kind']): AccessChange[] {
    return kind === 'CLOSED' ? this.#closing : this.#opening;
  }

  #count({ kind, source, destination }: AccessChange): void {
    if (kind === 'CLOSED') {
      this.counts.closed++;
      return;
    }
    if (kind === 'OPENED') this.counts.opened++;
    else this.counts.altered++;
    if (isInternet(source.ref)) this.#reachedFromInternet.add(JSON.stringify(destination.ref));
    if (isInternet(destination.ref)) this.#reachingInternet.add(JSON.stringify(source.ref));
    if (isCrossNamespace(source.ref, destination.ref)) this.counts.crossNamespaceOpened++;
  }

  get isEmpty(): boolean {
    return this.counts.opened + this.counts.closed + this.counts.altered === 0;
  }

  get isCut(): boolean {
    return (
      this.counts.opened + this.counts.altered > this.#opening.length ||
      this.counts.closed > this.#closing.length
    );
  }

  get internetIngressOpened(): number {
    return this.#reachedFromInternet.size;
  }

  get internetEgressOpened(): number {
    return this.#reachingInternet.size;
  }

  /** Positions of the object changes that caused any change. */
  causes(): ReadonlySet<number> {
    return this.#causes;
  }

  /** Riskiest first: from the internet, to the internet, across namespaces, the rest, closings last; else as found. */
  sorted(): AccessChange[] {
    return [...this.#opening, ...this.#closing]
      .map((change) => ({ change, risk: risk(change) }))
      .sort((a, b) => b.risk - a.risk)
      .map(({ change }) => change);
  }
}

export function summarize(list: ChangeList, unprotected: number): DiffSummary {
  const { opened, closed, altered, crossNamespaceOpened } = list.counts;
  const parts = [
    [opened, 'opened'],
    [altered, 'altered'],
    [closed, 'closed'],
    [list.internetIngressOpened, 'newly reachable from the internet'],
    [list.internetEgressOpened, 'newly reaching the internet'],
    [unprotected, 'newly unprotected'],
  ] as const;
  const text = parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${String(count)} ${what}`);
  return {
    opened,
    closed,
    altered,
    internetIngressOpened: list.internetIngressOpened,
    internetEgressOpened: list.internetEgressOpened,
    crossNamespaceOpened,
    newlyUnprotected: unprotected,
    text: text.length === 0 ? 'The same traffic is allowed.' : `${text.join(', ')}.`,
  };
}

/**
 * Workloads of both snapshots (indices in the head) that were isolated in a direction and no longer are; those without pods
 * that take part are left out. `only`: of these namespaces. Isolation depends on nothing outside a namespace, so untouched
 * ones are passed over.
 */
export function newlyUnprotected(
  base: Analysis,
  head: Analysis,
  namespaces: Namespaces,
  only: readonly string[] | null,
): number[] {
  const wanted = only === null ? null : new Set(only);
  const found: number[] = [];
  for (const { name, base: before, head: after } of namespaces.touched) {
    if (after < 0 || before < 0 || wanted?.has(name) === false) continue;
    const end = head.view.firstWorkload(after + 1);
    for (let workload = head.view.firstWorkload(after); workload < end; workload++)
      if (lostIsolation(base, head, workload)) found.push(workload);
  }
  return found;
}

function lostIsolation(base: Analysis, head: Analysis, workload: number): boolean {
  if (groupOf(head.index.classes.ofWorkload, workload).length === 0) return false;
  const now = workloadIsolation(head, workload);
  if (now.ingress && now.egress) return false;
  const { namespace, name, kindName } = head.view.workloadIdentity(workload);
  const before = base.view
    .findWorkloads(namespace, name)
    .find((candidate) => base.view.workloadIdentity(candidate).kindName === kindName);
  if (before === undefined) return false;
  const then = workloadIsolation(base, before);
  return (then.ingress && !now.ingress) || (then.egress && !now.egress);
}

function risk({ kind, source, destination }: AccessChange): number {
  const opening = kind === 'CLOSED' ? 0 : kind === 'ALTERED' ? 8 : 9;
  return opening * 10 + riskOfEnds(source.ref, destination.ref);
}

/** How risky traffic is by its ends: from the internet, to the internet, across namespaces; 0 = none of these. */
export function riskOfEnds(source: EndpointRef, destination: EndpointRef): number {
  return (
    (isInternet(source) ? 4 : 0) +
    (isInternet(destination) ? 2 : 0) +
    (isCrossNamespace(source, destination) ? 1 : 0)
  );
}

function isInternet(ref: EndpointRef): boolean {
  return ref.kind === 'external' && ref.includesInternet;
}

function isCrossNamespace(a: EndpointRef, b: EndpointRef): boolean {
  const [one, other] = [namespaceOf(a), namespaceOf(b)];
  return one !== null && other !== null && one !== other;
}

function namespaceOf(ref: EndpointRef): string | null {
  return ref.kind === 'namespace'
    ? ref.name
    : ref.kind === 'workload' || ref.kind === 'pod'
      ? ref.namespace
      : null;
}
