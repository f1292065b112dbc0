import { Field, InputType } from '@nestjs/graphql';
import { DEFAULT_PEER_SCOPE, type PeerScope } from '@portolan/model';

/** Which peers rows are wanted for. Read by `readPeers`. */
@InputType('PeerScopeInput', { description: 'Which peers an answer has rows for.' })
export class PeerScopeInput {
  @Field(() => Boolean, {
    defaultValue: DEFAULT_PEER_SCOPE.external,
    description: 'Include networks outside the cluster.',
  })
  readonly external!: boolean;

  @Field(() => Boolean, {
    defaultValue: DEFAULT_PEER_SCOPE.hypothetical,
    description:
      'Include pods that do not exist, and that rules would admit. Of `whoCanReach` and `reachableFrom` only.',
  })
  readonly hypothetical!: boolean;

  @Field(() => Boolean, {
    defaultValue: DEFAULT_PEER_SCOPE.hosts,
    description: 'Include pods that use the network of their host.',
  })
  readonly hosts!: boolean;

  @Field(() => Boolean, {
    defaultValue: DEFAULT_PEER_SCOPE.self,
    description: 'Include the workload that is asked about.',
  })
  readonly self!: boolean;

  @Field(() => [String], { nullable: true, description: 'Only pods of these namespaces.' })
  readonly namespaces?: readonly string[] | null;
}

/** Fills in what was left out. Namespaces that do not exist simply have no pods. */
export function readPeers(input: PeerScopeInput | null | undefined): PeerScope {
  if (input === null || input === undefined) return DEFAULT_PEER_SCOPE;
  const { external, hosts, self, hypothetical, namespaces } = input;
  return { external, hosts, self, hypothetical, namespaces: namespaces ?? null };
}
