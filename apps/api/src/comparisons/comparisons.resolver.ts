import { Inject } from '@nestjs/common';
import { Args, ArgsType, Field, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { findSnapshot } from '../diff/find-snapshot.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import { ComparisonsService } from './comparisons.service.js';
import {
  IdlePoliciesModel,
  PolicyComparisonModel,
  PolicyRelationModel,
} from './policy-comparison.model.js';
import { PolicySetInput } from './policy-set.input.js';

/** Arguments of the query `comparePolicies`. */
@ArgsType()
export class ComparePoliciesArgs {
  @Field(() => PolicySetInput, { description: 'One policy set.' })
  readonly a!: PolicySetInput;

  @Field(() => PolicySetInput, { description: 'The other policy set.' })
  readonly b!: PolicySetInput;
}

/** Where policy sets are compared. */
@Resolver(() => PolicyComparisonModel)
export class ComparisonsResolver {
  constructor(
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
    @Inject(ComparisonsService) private readonly comparisons: ComparisonsService,
  ) {}

  @Query(() => PolicyComparisonModel, {
    nullable: true,
    description:
      'Compares what two policy sets allow, of two snapshots or of the same. Pods are those that exist, matched as in a diff, and addresses outside the cluster; of pods that need not exist nothing is said.',
    complexity: 50,
  })
  async comparePolicies(
    @Args({ type: () => ComparePoliciesArgs }) { a, b }: ComparePoliciesArgs,
  ): Promise<PolicyComparisonModel> {
    const [one, other] = await Promise.all([
      findSnapshot(this.snapshots, a.snapshot, 'a'),
      findSnapshot(this.snapshots, b.snapshot, 'b'),
    ]);
    return this.comparisons.open(one, a, other, b);
  }

  @ResolveField(() => PolicyRelationModel, {
    nullable: true,
    description:
      'Whether `a` and `b` allow the same traffic between the same endpoints. Pods that need not exist are not considered.',
    complexity: 10,
  })
  equivalent(@Parent() comparison: PolicyComparisonModel): Promise<PolicyRelationModel> {
    return this.comparisons.relation(comparison, 'EQUIVALENT');
  }

  @ResolveField(() => PolicyRelationModel, {
    nullable: true,
    description:
      'Whether `a` allows everything that `b` allows. Pods that need not exist are not considered.',
    complexity: 10,
  })
  contains(@Parent() comparison: PolicyComparisonModel): Promise<PolicyRelationModel> {
    return this.comparisons.relation(comparison, 'CONTAINS');
  }

  @ResolveField(() => PolicyRelationModel, {
    nullable: true,
    description:
      'Whether `b` allows everything that `a` allows. Pods that need not exist are not considered.',
    complexity: 10,
  })
  isContained(@Parent() comparison: PolicyComparisonModel): Promise<PolicyRelationModel> {
    return this.comparisons.relation(comparison, 'IS_CONTAINED');
  }

  @ResolveField(() => PolicyRelationModel, {
    nullable: true,
    description:
      'Whether something passes with the policies of `a` and `b` together that `b` alone denies; the rows are where. The pods are those of `b`: policies of another snapshot are laid on them. Pods that need not exist are not considered.',
    complexity: 10,
  })
  interferes(@Parent() comparison: PolicyComparisonModel): Promise<PolicyRelationModel> {
    return this.comparisons.interference(comparison);
  }

  @ResolveField(() => PolicyRelationModel, {
    nullable: true,
    description:
      'Whether `b` allows everything that `a` explicitly permits: what the policies of `a` deny at neither end, and a rule of theirs allows at one end at least. What passes only because nothing denies it is not meant. The pods are those of `b`: policies of another snapshot are laid on them. Pods that need not exist are not considered.',
    complexity: 10,
  })
  permits(@Parent() comparison: PolicyComparisonModel): Promise<PolicyRelationModel> {
    return this.comparisons.permission(comparison, 'PERMITS');
  }

  @ResolveField(() => PolicyRelationModel, {
    nullable: true,
    description:
      'Whether `b` allows nothing that `a` explicitly permits (as of `permits`); the rows are what both allow. The pods are those of `b`: policies of another snapshot are laid on them. Pods that need not exist are not considered.',
    complexity: 10,
  })
  forbids(@Parent() comparison: PolicyComparisonModel): Promise<PolicyRelationModel> {
    return this.comparisons.permission(comparison, 'FORBIDS');
  }

  @ResolveField(() => IdlePoliciesModel, {
    nullable: true,
    description:
      'Policies of `a` that select no pod of `b`, or whose namespace `b` has not: what they permit is asked of nobody, so look at them before you trust that `permits` holds.',
    complexity: 10,
  })
  idlePolicies(@Parent() comparison: PolicyComparisonModel): Promise<IdlePoliciesModel> {
    return this.comparisons.idle(comparison);
  }
}
