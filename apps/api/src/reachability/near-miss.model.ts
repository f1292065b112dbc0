import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { NearMissReason, RuleRef } from '@portolan/model';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';

const NearMissReasonEnum = {
  POD_LABEL: 'POD_LABEL',
  NAMESPACE_LABEL: 'NAMESPACE_LABEL',
  NAMESPACE_NOT_LABELLED: 'NAMESPACE_NOT_LABELLED',
  PORT: 'PORT',
  SERVICE_PORT_USED: 'SERVICE_PORT_USED',
  PORT_NAME: 'PORT_NAME',
  PROTOCOL: 'PROTOCOL',
  IP_EXCEPT: 'IP_EXCEPT',
  IP_BLOCK_OF_POD: 'IP_BLOCK_OF_POD',
  WRONG_NAMESPACE: 'WRONG_NAMESPACE',
} as const satisfies Record<NearMissReason, NearMissReason>;

registerEnumType(NearMissReasonEnum, {
  name: 'NearMissReason',
  description: 'What kept a rule from matching.',
  valuesMap: {
    POD_LABEL: { description: 'The rule wants another label of the pod.' },
    NAMESPACE_LABEL: { description: 'The rule wants another label of the namespace.' },
    NAMESPACE_NOT_LABELLED: { description: 'The namespace has none of the labels asked for.' },
    PORT: { description: 'The rule is about other port numbers.' },
    SERVICE_PORT_USED: {
      description:
        'The rule is about the port of a Service; rules are about the ports of the pods behind it.',
    },
    PORT_NAME: { description: 'The port name: the destination gives it another number, or none.' },
    PROTOCOL: { description: 'The rule is about another protocol.' },
    IP_EXCEPT: { description: 'The address lies in an `except` of the ipBlock.' },
    IP_BLOCK_OF_POD: {
      description:
        'The ipBlock has the address of the pod, and matches no pods in a cluster with this profile.',
    },
    WRONG_NAMESPACE: {
      description: "The peer matches the pod's labels, in the policy's own namespace only.",
    },
  },
});

/** A rule that almost admitted the traffic. */
@ObjectType('NearMiss', {
  description: 'A rule that would have admitted the traffic but for one thing.',
})
export class NearMissModel {
  readonly snapshot!: IndexedSnapshot;
  readonly ref!: RuleRef;

  @Field(() => String, {
    nullable: true,
    description: 'JSON path of the peer that came close; null when the rule has no peers.',
  })
  readonly peerPath!: string | null;

  @Field(() => NearMissReasonEnum, { description: 'The thing that did not match.' })
  readonly reason!: NearMissReason;

  @Field(() => String, { description: 'For example `pod has app=ngnix, rule wants app=nginx`.' })
  readonly detail!: string;
}
