import { Field, InputType } from '@nestjs/graphql';
import { ClusterProfileInput } from '../profile-settings/cluster-profile.input.js';
import { JsonScalar } from '../scalars/json.scalar.js';

/** What a cluster is registered with. Checked by `readNewCluster`. */
@InputType({ description: 'What a cluster is registered with.' })
export class CreateClusterInput {
  @Field(() => String, {
    description: 'Slug: 1 to 63 of a-z, 0-9 and -, not - at either end. It cannot be changed.',
  })
  readonly slug!: string;

  @Field(() => String, { nullable: true, description: 'Display name; default the slug.' })
  readonly name?: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'Labels: a map of texts, as on Kubernetes objects.',
  })
  readonly labels?: unknown;

  @Field(() => ClusterProfileInput, {
    nullable: true,
    description: 'How its manifests are read; default as snapshots show.',
  })
  readonly profile?: ClusterProfileInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text; the payload returns it as it is.',
  })
  readonly clientMutationId?: string | null;
}
