import { Inject, Injectable } from '@nestjs/common';
import {
  interferenceOf,
  type PermissionKind,
  type PolicyRelationKind,
  relationOf,
} from '@portolan/engine';
import { WorkerPool } from '@portolan/pool';
import type { SnapshotRow } from '@portolan/store';
import { DiffService } from '../diff/diff.service.js';
import { readDiffOptions } from '../diff/diff.args.js';
import { type FieldsOf, newModel } from '../schema/new-model.js';
import { IndexCache } from '../indexes/index-cache.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { requestContext } from '../logging/request-context.js';
import { AnswerCache } from '../reachability/answer-cache.js';
import { toPolicyModel } from '../objects/policy.mapper.js';
import { toInt } from '../schema/int.js';
import { idlePolicies, LISTED_IDLE } from './idle-policies.js';
import {
  IdlePoliciesModel,
  PolicyComparisonModel,
  type PolicyRelationModel,
  type PolicySet,
} from './policy-comparison.model.js';
import { toPolicyRelationModel } from './policy-relation.mapper.js';
import type { PolicySetInput } from './policy-set.input.js';
import { selectPolicies } from './select-policies.js';

/**
 * Compares what policy sets allow. Relations of what both allow are read off diffs, which are remembered; of interference and
 * permission the policies of `a` are laid on the pods of `b`.
 */
@Injectable()
export class ComparisonsService {
  constructor(
    @Inject(DiffService) private readonly diffs: DiffService,
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(WorkerPool) private readonly pool: WorkerPool,
    @Inject(AnswerCache) private readonly answers: AnswerCache,
  ) {}

  /** @throws BadQuestionError when a set names what its snapshot does not have. */
  async open(
    a: SnapshotRow,
    aInput: FieldsOf<PolicySetInput>,
    b: SnapshotRow,
    bInput: FieldsOf<PolicySetInput>,
  ): Promise<PolicyComparisonModel> {
    const { base, head } = await this.diffs.open(a, b);
    return newModel(PolicyComparisonModel, {
      a: { snapshot: base, policies: selectPolicies(base.view, aInput, 'a') },
      b: { snapshot: head, policies: selectPolicies(head.view, bInput, 'b') },
    });
  }

  async relation(
    { a, b }: PolicyComparisonModel,
    kind: PolicyRelationKind,
  ): Promise<PolicyRelationModel> {
    const [base, head] = await Promise.all([this.#reduced(a), this.#reduced(b)]);
    const diff = await this.diffs.compare({ base, head }, readDiffOptions(null));
    const sides = { base: a.snapshot, head: b.snapshot };
    return toPolicyRelationModel(sides, diff.caveats, relationOf(diff, kind));
  }

  async interference({ a, b }: PolicyComparisonModel): Promise<PolicyRelationModel> {
    const base = await this.#reduced(b);
    const head = await this.#together(a, b, base);
    const diff = await this.diffs.compare({ base, head }, readDiffOptions(null));
    const sides = { base: a.snapshot, head: b.snapshot };
    return toPolicyRelationModel(sides, diff.caveats, interferenceOf(diff));
  }

  async permission(
    { a, b }: PolicyComparisonModel,
    relation: PermissionKind,
  ): Promise<PolicyRelationModel> {
    const [one, other] = await Promise.all([this.#laid(a, b.snapshot), this.#reduced(b)]);
    const answer = await this.answers.get(
      [one.key, other.key],
      { kind: 'permission', relation },
      (signal) =>
        this.pool.comparePermissions(one.analysis.index, other.analysis.index, relation, {
          signal,
        }),
      requestContext.getStore()?.signal ?? null,
    );
    const sides = { base: a.snapshot, head: b.snapshot };
    return toPolicyRelationModel(sides, answer.caveats, answer);
  }

  /** The policies of `a` that select no pod of `b`. */
  async idle({ a, b }: PolicyComparisonModel): Promise<IdlePoliciesModel> {
    const laid = await this.#laid(a, b.snapshot);
    const found = idlePolicies(a.snapshot.view, a.policies, laid.analysis);
    return newModel(IdlePoliciesModel, {
      count: toInt(found.length),
      policies: found.slice(0, LISTED_IDLE).map((policy) => toPolicyModel(a.snapshot, policy)),
    });
  }

  /** The pods of `b` with the policies of both sets; `reduced` has those of `b`. */
  async #together(a: PolicySet, b: PolicySet, reduced: IndexedSnapshot): Promise<IndexedSnapshot> {
    const { snapshot } = b;
    if (a.snapshot.key !== snapshot.key)
      return this.indexes.withPoliciesOf(reduced, a.snapshot, a.policies, 'BESIDE');
    const policies =
      a.policies === null || b.policies === null
        ? null
        : [...new Set([...a.policies, ...b.policies])].sort((x, y) => x - y);
    return this.#reduced({ snapshot, policies });
  }

  /** The pods of a snapshot with the policies of a set, which may be of another one. */
  async #laid(set: PolicySet, snapshot: IndexedSnapshot): Promise<IndexedSnapshot> {
    return set.snapshot.key === snapshot.key
      ? this.#reduced(set)
      : this.indexes.withPoliciesOf(snapshot, set.snapshot, set.policies, 'INSTEAD');
  }

  async #reduced({ snapshot, policies }: PolicySet): Promise<IndexedSnapshot> {
    return policies === null ? snapshot : this.indexes.withPolicies(snapshot, policies);
  }
}
