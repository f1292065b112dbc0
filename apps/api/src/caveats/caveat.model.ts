import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CAVEAT_CODES, type CaveatCode } from '@portolan/model';
import { UriScalar } from '../scalars/uri.scalar.js';

const CaveatCodeEnum = Object.fromEntries(CAVEAT_CODES.map((code) => [code, code])) as Readonly<
  Record<CaveatCode, CaveatCode>
>;

registerEnumType(CaveatCodeEnum, {
  name: 'CaveatCode',
  description: 'Reasons to doubt an answer. Each has a section in docs/caveats.md.',
  valuesMap: {
    SNAPSHOT_PARTIAL: { description: 'The snapshot holds a part of the cluster.' },
    UNSUPPORTED_POLICY_KIND: { description: 'The input has policies that are not evaluated.' },
    UNSUPPORTED_POLICY_FIELD: {
      description: 'Policies have fields that are not known; they were left out.',
    },
    PRIORITY_AMBIGUOUS: {
      description:
        'Policies of one tier and equal priority disagree; they were asked in the order of their names.',
    },
    DOMAIN_NAMES_NOT_RESOLVED: {
      description:
        'A rule admits domain names: which addresses outside the cluster they have is not known.',
    },
    HOST_NETWORK: { description: 'A hostNetwork pod takes part.' },
    IP_BLOCK_MATCHES_PODS: { description: 'An ipBlock is taken to match addresses of pods.' },
    POD_ADDRESS_UNKNOWN: {
      description: 'A rule over addresses takes part and pods have no known address.',
    },
    SOURCE_ADDRESS_MAY_BE_TRANSLATED: {
      description: 'NAT may change an address before a rule sees it.',
    },
    NAMED_PORT_UNRESOLVED: { description: 'A port name has no number on a destination pod.' },
    NAMED_PORT_AMBIGUOUS: { description: 'A port name has several numbers.' },
    NAMESPACE_NOT_DECLARED: { description: 'The labels of a namespace are not known.' },
    NODE_LOCAL_ALWAYS_ALLOWED: { description: 'A pod and its own node always reach each other.' },
    NON_IP_PROTOCOL_UNDEFINED: { description: 'The protocol is undefined by the API.' },
    SERVICE_ADDRESS: {
      description: 'An address asked about is that of a Service, not of the pods behind it.',
    },
    INGRESS_CONTROLLER_UNKNOWN: { description: 'Which pods serve a route is not known.' },
    TEMPLATE_SKIPPED: { description: 'The input has templates that were not rendered.' },
    INVALID_OBJECT_SKIPPED: { description: 'Invalid objects were left out.' },
    POLICIES_NOT_ENFORCED: {
      description: 'Nothing in the cluster enforces policies: everything may pass.',
    },
    PROFILES_DIFFER: {
      description: 'Two snapshots have different profiles; both are read by that of the head.',
    },
    ENFORCEMENT_UNKNOWN: { description: 'Whether policies are enforced is not known.' },
    RESULT_TRUNCATED: { description: 'There is more than is listed.' },
    SETTINGS_PROPOSED: {
      description: 'A change sets rules of findings otherwise; the settings of its base count.',
    },
  },
});

/** A reason to doubt an answer. */
@ObjectType('Caveat', { description: 'A reason to doubt an answer.' })
export class CaveatModel {
  @Field(() => CaveatCodeEnum, { description: 'Stable code.' })
  readonly code!: CaveatCode;

  @Field(() => String, { description: 'Text.' })
  readonly message!: string;

  @Field(() => UriScalar, {
    description:
      'Where it is explained: a path on this server, for example `/docs/caveats#host_network`.',
  })
  readonly docsUrl!: string;
}
