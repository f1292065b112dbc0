import { type ColumnBlock, readColumnBlock } from './column-block.js';
import { DIRECTIONS, type PolicySpec, rulesOf } from './policy.js';
import type { SourceLocation } from './problem.js';
import { OBJECT_SOURCE_WORDS, SOURCE_COLUMNS, type SourceColumn } from './segment.js';
import type { SegmentBytes, SnapshotView } from './snapshot-view.js';
import type { SpecObjects } from './spec-objects.js';
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

/** Where the objects of a snapshot, and the rules of its policies, were declared. */
export class SourceView {
  readonly #blocks = new Map<string, SegmentBytes>();
  readonly #open = new Map<string, ColumnBlock<SourceColumn>>();

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
    const whole = this.locate('POLICY', policy);
    const { block, local } = this.#place('POLICY', policy);
    if (whole === null || block === null) return null;
    const { policyLineOffsets, policyLines } = block.columns;
    const lines = policyLines.subarray(policyLineOffsets[local], policyLineOffsets[local + 1]);
    const at = lineIndex(this.snapshot.policy(policy).spec, { direction, rule });
    const line = lines[peer === null ? at : at + 1 + peer];
    return line === undefined ? whole : { ...whole, startLine: line, endLine: line };
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

/** Lines of a policy in stored order: of each rule its line, its peers' lines, its ports' lines; ingress first. */
function lineIndex(spec: PolicySpec, rule: Pick<RuleRef, 'direction' | 'rule'>): number {
  let at = 0;
  for (const direction of DIRECTIONS) {
    const rules = rulesOf(spec, direction);
    for (const [i, { peers, ports }] of rules.entries()) {
      if (direction === rule.direction && i === rule.rule) return at;
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
