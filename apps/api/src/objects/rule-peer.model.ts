import { Field, ObjectType } from '@nestjs/graphql';
import type { RuleRef } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { CidrScalar } from '../scalars/cidr.scalar.js';
import { LabelSelectorScalar } from '../scalars/label-selector.scalar.js';

/** A peer of a rule. */
@ObjectType('RulePeer', { description: 'One peer of a rule.' })
export class RulePeerModel {
  readonly snapshot!: IndexedSnapshot;
  readonly ref!: RuleRef & { readonly peer: number };

  @Field(() => String, { description: 'JSON path, for example `spec.ingress[0].from[1]`.' })
  readonly path!: string;

  @Field(() => String, { description: 'In plain words.' })
  readonly summary!: string;

  @Field(() => [CidrScalar], { description: 'Networks, of `ipBlock` and `networks`.' })
  readonly cidrs!: readonly string[];

  @Field(() => [CidrScalar], { description: 'Networks that `ipBlock` leaves out.' })
  readonly except!: readonly string[];

  @Field(() => [String], {
    description:
      'Domain names outside the cluster; `*.` at the beginning stands for one or more labels.',
  })
  readonly domainNames!: readonly string[];

  @Field(() => LabelSelectorScalar, {
    nullable: true,
    description:
      'Of `nodes`: selector over their labels, empty = every node. The peer is their addresses, not the pods on them.',
  })
  readonly nodeSelector!: string | null;
}
