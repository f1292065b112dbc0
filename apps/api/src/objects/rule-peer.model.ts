import { Field, ObjectType } from '@nestjs/graphql';
import type { RuleRef } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { CidrScalar } from '../scalars/cidr.scalar.js';

/** A peer of a rule. */
@ObjectType('RulePeer', { description: 'One peer of a rule.' })
export class RulePeerModel {
  readonly snapshot!: IndexedSnapshot;
  readonly ref!: RuleRef & { readonly peer: number };

  @Field(() => String, { description: 'JSON path, for example `spec.ingress[0].from[1]`.' })
  readonly path!: string;

  @Field(() => String, { description: 'In plain words.' })
  readonly summary!: string;

  @Field(() => [CidrScalar], { description: 'Networks, for ipBlock.' })
  readonly cidrs!: readonly string[];

  @Field(() => [CidrScalar], { description: 'Networks that ipBlock leaves out.' })
  readonly except!: readonly string[];
}
