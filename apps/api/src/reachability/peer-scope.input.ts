import { Field, InputType } from '@nestjs/graphql';
import { DEFAULT_PEER_SCOPE, type PeerScope } from '@portolan/model';

/** Which peers rows are wanted for. Read by `readPeers`. */
@InputType('PeerScopeInput', { description: 'Which peers to include.' })
export class PeerScopeInput {
  @Field(() => Boolean, {
    defaultValue: DEFAULT_PEER_SCOPE.external,
    description: 'Networks outside the cluster.',
  })
  readonly external!: boolean;

  @Field(() => Boolean, {
    defaultValue: DEFAULT_PEER_SCOPE.hosts,
    description: 'hostNetwork pods.',
  })
  readonly hosts!: boolean;

  @Field(() => Boolean, {
    defaultValue: DEFAULT_PEER_SCOPE.self,
    description: 'The same workload.',
  })
  readonly self!: boolean;

  @Field(() => [String], { nullable: true, description: 'Only pods of these namespaces.' })
  readonly namespaces?: readonly string[] | null;
}

/** Fills in what was left out. Namespaces that do not exist simply have no pods. */
export function readPeers(input: PeerScopeInput | null | undefined): PeerScope {
  if (input === null || input === undefined) return DEFAULT_PEER_SCOPE;
  const { external, hosts, self, namespaces } = input;
  return { external, hosts, self, namespaces: namespaces ?? null };
}
