import { Field, ObjectType } from '@nestjs/graphql';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';

/** Isolation of a workload, or the default of a namespace. */
@ObjectType('IsolationState', {
  description:
    "Isolation of a workload or a namespace's default, by NetworkPolicies. Admin and baseline policies do not isolate: what none of their rules matches is left to the next tier.",
})
export class IsolationStateModel {
  readonly snapshot!: IndexedSnapshot;
  /** Policies by snapshot-wide index. */
  readonly policies!: { readonly ingress: readonly number[]; readonly egress: readonly number[] };

  @Field(() => Boolean, { description: 'Whether some NetworkPolicy isolates ingress.' })
  readonly ingress!: boolean;

  @Field(() => Boolean, { description: 'Whether some NetworkPolicy isolates egress.' })
  readonly egress!: boolean;
}
