import { type ColumnBlock, readColumnBlock } from './column-block.js';
import { DIRECTIONS, type PolicySpec, rulesOf } from './policy.js';
import { POLICY_NOTE_WORDS, type PolicyNote, policyNoteAt } from './policy-notes.js';
import type { SourceLocation } from './problem.js';
import { OBJECT_SOURCE_WORDS, SOURCE_COLUMNS, type SourceColumn } from './segment.js';
import type { SegmentBytes, SnapshotView } from './snapshot-view.js';
import type { SpecObjects } from './spec-objects.js';
import {
  ANNOTATED_KINDS,
  type AnnotatedKind,
  IGNORE_WORDS,
  type IgnoreEntry,
  parseIgnore,
} from './suppression.js';
import type { RuleRef } from './answer.js';

/** Kinds of object that have a place in the input. */
export type SourcedKind =
  'NAMESPACE' | 'WORKLOAD' | 'POD' | 'POLICY' | 'NODE' | 'SERVICE' | 'ROUTE' | 'GATEWAY';

const OBJECT_COLUMN = {
  NAMESPACE: 'namespaceSource',
  WORKLOAD: 'workloadSources',
  POD: 'podSources',
  POLICY: 'policySources',
  NODE: 'nodeSources',
  SERVICE: 'serviceSources',
  ROUTE: 'routeSources',
  GATEWAY: 'gatewaySources',
} as const satisfies Record<SourcedKind, SourceColumn>;

/** The annotation IGNORE_ANNOTATION of an object. */
export interface IgnoreAt {
  readonly kind: AnnotatedKind;
  /** Snapshot-wide index of the object. */
  readonly index: number;
  /** What of it can be read. */
  readonly entries: readonly IgnoreEntry[];
  /** Where the annotation stands. */
  readonly location: SourceLocation | null;
}

/** Where the objects of a snapshot, and the rules of its policies, were declared, and what was written there besides. */
export class SourceView {
  readonly #blocks = new Map<string, SegmentBytes>();
  readonly #open = new Map<string, ColumnBlock<SourceColumn>>();
  #ignores: Map<string, IgnoreAt> | null = null;

  constructor(
    private readonly snapshot: SnapshotView,
    sources: readonly SegmentBytes[],
  ) {
    for (const block of sources) this.#blocks.set(block.namespace, block);
  }

  /** Null when the object is only implied by others. */
  locate(kind: SourcedKind, index: number): SourceLocation | null {
    const { block, local } = this.#place(kind, index);
    return block === null ? null : readSource(block, block.columns[OBJECT_COLUMN[kind]], local);
  }

  /** The line of a rule, or of its peer when `peer` is given. */
  locateRule({ policy, direction, rule, peer }: RuleRef): SourceLocation | null {
    const at = lineIndex(this.snapshot.policy(policy).spec, { direction, rule });
    return this.#locateLine(policy, peer === null ? at : at + 1 + peer);
  }

  /** The line of a policy's podSelector, or of its subject; of what was stored before that was known, the policy. */
  locateSubject(policy: number): SourceLocation | null {
    return this.#locateLine(policy, lineIndex(this.snapshot.policy(policy).spec, null));
  }

  /** `at` = place among the lines of the policy. */
  #locateLine(policy: number, at: number): SourceLocation | null {
    const whole = this.locate('POLICY', policy);
    const { block, local } = this.#place('POLICY', policy);
    if (whole === null || block === null) return null;
    const { policyLineOffsets, policyLines } = block.columns;
    const lines = policyLines.subarray(policyLineOffsets[local], policyLineOffsets[local + 1]);
    const line = lines[at];
    return line === undefined ? whole : { ...whole, startLine: line, endLine: line };
  }

  /** Tells the notes on how policies are written, in the order of the snapshot. */
  eachPolicyNote(visit: (policy: number, note: PolicyNote) => void): void {
    this.#eachBlock(({ columns: { policyNotes } }, namespace) => {
      const first =
        namespace < 0 ? this.snapshot.firstClusterPolicy : this.snapshot.firstPolicy(namespace);
      for (let at = 0; at < policyNotes.length; at += POLICY_NOTE_WORDS) {
        const note = policyNoteAt(policyNotes, at);
        if (note !== null) visit(first + policyNotes[at]!, note);
      }
    });
  }

  /** Every annotation that silences findings, in the order of the snapshot. */
  ignores(): IterableIterator<IgnoreAt> {
    return this.#knownIgnores().values();
  }

  /** The annotation of an object; null when it has none. */
  ignoreOf(kind: AnnotatedKind, index: number): IgnoreAt | null {
    return this.#knownIgnores().get(`${kind} ${String(index)}`) ?? null;
  }

  #knownIgnores(): Map<string, IgnoreAt> {
    return (this.#ignores ??= this.#findIgnores());
  }

  #findIgnores(): Map<string, IgnoreAt> {
    const found = new Map<string, IgnoreAt>();
    this.#eachBlock(({ columns: { ignores }, strings }, namespace) => {
      for (let at = 0; at < ignores.length; at += IGNORE_WORDS) {
        const kind = ANNOTATED_KINDS[ignores[at]!];
        if (kind === undefined) continue;
        const index = this.#first(kind, namespace) + ignores[at + 1]!;
        const line = ignores[at + 2]!;
        const whole = this.locate(kind, index);
        const location = whole === null ? null : { ...whole, startLine: line, endLine: line };
        const { entries } = parseIgnore(strings.at(ignores[at + 3]!));
        found.set(`${kind} ${String(index)}`, { kind, index, entries, location });
      }
    });
    return found;
  }

  /** The snapshot-wide index of the first object of a kind in a namespace (-1 = of those that have none). */
  #first(kind: AnnotatedKind, namespace: number): number {
    const view = this.snapshot;
    switch (kind) {
      case 'NAMESPACE':
        return namespace;
      case 'WORKLOAD':
        return view.firstWorkload(namespace);
      case 'POLICY':
        return namespace < 0 ? view.firstClusterPolicy : view.firstPolicy(namespace);
      case 'SERVICE':
        return view.services.first(namespace);
      case 'ROUTE':
        return view.routes.first(namespace);
    }
  }

  /** Blocks of the namespaces in their order, then that of cluster-scoped objects (namespace -1). */
  #eachBlock(visit: (block: ColumnBlock<SourceColumn>, namespace: number) => void): void {
    const view = this.snapshot;
    for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
      const block = this.#block(view.namespaceName(namespace));
      if (block !== null) visit(block, namespace);
    }
    const cluster = this.#block('');
    if (cluster !== null) visit(cluster, -1);
  }

  #place(
    kind: SourcedKind,
    index: number,
  ): { block: ColumnBlock<SourceColumn> | null; local: number } {
    const view = this.snapshot;
    switch (kind) {
      case 'NODE':
        return { block: this.#block(''), local: index };
      case 'NAMESPACE':
        return { block: this.#block(view.namespaceName(index)), local: 0 };
      case 'WORKLOAD': {
        const namespace = view.namespaceOfWorkload(index);
        return {
          block: this.#block(view.namespaceName(namespace)),
          local: index - view.firstWorkload(namespace),
        };
      }
      case 'POD': {
        const namespace = view.namespaceOfPod(index);
        return {
          block: this.#block(view.namespaceName(namespace)),
          local: index - view.firstPod(namespace),
        };
      }
      case 'POLICY': {
        const namespace = view.namespaceOfPolicy(index);
        const name = namespace < 0 ? '' : view.namespaceName(namespace);
        return { block: this.#block(name), local: view.policyInSegment(index) };
      }
      case 'SERVICE':
        return this.#specPlace(view.services, index);
      case 'ROUTE':
        return this.#specPlace(view.routes, index);
      case 'GATEWAY':
        return this.#specPlace(view.gateways, index);
    }
  }

  #specPlace(
    objects: SpecObjects<unknown>,
    index: number,
  ): { block: ColumnBlock<SourceColumn> | null; local: number } {
    const namespace = objects.namespaceOf(index);
    return {
      block: this.#block(this.snapshot.namespaceName(namespace)),
      local: index - objects.first(namespace),
    };
  }

  #block(namespace: string): ColumnBlock<SourceColumn> | null {
    const known = this.#open.get(namespace);
    if (known !== undefined) return known;
    const stored = this.#blocks.get(namespace);
    if (stored === undefined) return null;
    const block = readColumnBlock(SOURCE_COLUMNS, stored.bytes);
    this.#open.set(namespace, block);
    return block;
  }
}

/** Lines of a policy in stored order: of each rule its line, its peers' lines, its ports' lines; ingress first; then the subject's (`rule` null). */
function lineIndex(spec: PolicySpec, rule: Pick<RuleRef, 'direction' | 'rule'> | null): number {
  let at = 0;
  for (const direction of DIRECTIONS) {
    const rules = rulesOf(spec, direction);
    for (const [i, { peers, ports }] of rules.entries()) {
      if (direction === rule?.direction && i === rule.rule) return at;
      at += 1 + (peers?.length ?? 0) + (ports?.length ?? 0);
    }
  }
  return at;
}

function readSource(
  { strings }: ColumnBlock<SourceColumn>,
  column: Int32Array,
  object: number,
): SourceLocation | null {
  const at = object * OBJECT_SOURCE_WORDS;
  const file = column[at];
  if (file === undefined || file < 0) return null;
  return {
    path: strings.at(file),
    documentIndex: column[at + 1]!,
    startLine: column[at + 2]!,
    endLine: column[at + 3]!,
  };
}
