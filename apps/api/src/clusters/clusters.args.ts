import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { PageArgs } from '../relay/page.args.js';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';
import { ClusterOrderInput } from './cluster-order.input.js';

/** Which clusters are wanted. */
@InputType('ClusterFilter', {
  description: 'Which clusters are wanted: those that fit everything that is given.',
})
export class ClusterFilterInput {
  @Field(() => String, {
    nullable: true,
    description: 'Text that occurs in the slug or the name, whatever the case.',
  })
  readonly search?: string | null;

  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Selector that the labels of the cluster fit.',
  })
  readonly labels?: string | null;
}

/** Arguments of `clusters`. */
@ArgsType()
export class ClustersArgs extends PageArgs {
  @Field(() => ClusterFilterInput, { nullable: true, description: 'Only clusters like this.' })
  readonly filter?: ClusterFilterInput | null;

  @Field(() => ClusterOrderInput, {
    nullable: true,
    description: 'Order; by default by slug. Clusters that are equal in it come by slug.',
  })
  readonly orderBy?: ClusterOrderInput | null;
}
