import { Field, ID, InputType } from '@nestjs/graphql';
import { ClusterProfileInput } from '../profile-settings/cluster-profile.input.js';
import { JsonScalar } from '../scalars/json.scalar.js';

/** What of a cluster is changed. Checked by `readClusterChanges`. */
@InputType({ description: 'What of a cluster is changed; what is omitted stays as it is.' })
export class UpdateClusterInput {
  @Field(() => ID, { description: 'The cluster, by its global ID.' })
  readonly clusterId!: string;

  @Field(() => String, { nullable: true, description: 'Display name.' })
  readonly name?: string | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'Labels: a map of texts, in place of all that there are.',
  })
  readonly labels?: unknown;

  @Field(() => ClusterProfileInput, {
    nullable: true,
    description: 'How its manifests are read: settings to be made, or unmade with null.',
  })
  readonly profile?: ClusterProfileInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Any text; the payload returns it as it is.',
  })
  readonly clientMutationId?: string | null;
}
