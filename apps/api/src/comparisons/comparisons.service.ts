import { Inject, Injectable } from '@nestjs/common';
import { interferenceOf, type PolicyRelationKind, relationOf } from '@portolan/engine';
import type { SnapshotRow } from '@portolan/store';
import { BadQuestionError } from '../errors/bad-question.error.js';
import { DiffService } from '../diff/diff.service.js';
import { readDiffOptions } from '../diff/diff.args.js';
import { type FieldsOf, newModel } from '../schema/new-model.js';
import { IndexCache } from '../indexes/index-cache.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import {
  PolicyComparisonModel,
  type PolicyRelationModel,
  type PolicySet,
} from './policy-comparison.model.js';
import { toPolicyRelationModel } from './policy-relation.mapper.js';
import type { PolicySetInput } from './policy-set.input.js';
import { selectPolicies } from './select-policies.js';

/** Compares what policy sets allow. Relations are read off diffs, which are remembered: all but interference off the same one. */
@Injectable()
export class ComparisonsService {
  constructor(
    @Inject(DiffService) private readonly diffs: DiffService,
    @Inject(IndexCache) private readonly indexes: IndexCache,
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

  /** @throws BadQuestionError INVALID when the two sets are of different snapshots: their policies cannot be put together. */
  async interference({ a, b }: PolicyComparisonModel): Promise<PolicyRelationModel> {
    const { snapshot } = b;
    if (a.snapshot.key !== snapshot.key)
      throw new BadQuestionError({
        code: 'INVALID',
        argument: 'a',
        message: '`interferes` can be asked of two policy sets of the same snapshot only.',
      });
    const policies =
      a.policies === null || b.policies === null
        ? null
        : [...new Set([...a.policies, ...b.policies])].sort((x, y) => x - y);
    const [base, head] = await Promise.all([
      this.#reduced(b),
      this.#reduced({ snapshot, policies }),
    ]);
    const diff = await this.diffs.compare({ base, head }, readDiffOptions(null));
    return toPolicyRelationModel(
      { base: snapshot, head: snapshot },
      diff.caveats,
      interferenceOf(diff),
    );
  }

  async #reduced({ snapshot, policies }: PolicySet): Promise<IndexedSnapshot> {
    return policies === null ? snapshot : this.indexes.withPolicies(snapshot, policies);
  }
}
