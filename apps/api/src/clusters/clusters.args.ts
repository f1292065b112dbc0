import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { PageArgs } from '../relay/page.args.js';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';
import { ClusterOrderInput } from './cluster-order.input.js';

@InputType('ClusterFilter', { description: 'Filter for clusters.' })
export class ClusterFilterInput {
  @Field(() => String, { nullable: true, description: 'Text in slug or name.' })
  readonly search?: string | null;

  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description: 'Selector over cluster labels.',
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
