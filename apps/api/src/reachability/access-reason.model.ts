import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AccessReasonCode } from '@portolan/model';
import { RuleMatchModel } from './rule-match.model.js';

const AccessReasonCodeEnum = {
  NOT_ISOLATED: 'NOT_ISOLATED',
  ALLOWED_BY_POLICY: 'ALLOWED_BY_POLICY',
  NOT_GOVERNED: 'NOT_GOVERNED',
  NODE_LOCAL: 'NODE_LOCAL',
} as const satisfies Record<AccessReasonCode, AccessReasonCode>;

registerEnumType(AccessReasonCodeEnum, {
  name: 'AccessReasonCode',
  description: 'Class of reason.',
  valuesMap: {
    NOT_ISOLATED: { description: 'No policy isolates this side.' },
    ALLOWED_BY_POLICY: { description: 'A NetworkPolicy rule admits it.' },
    NOT_GOVERNED: {
      description: 'The endpoint is outside policy control (hostNetwork, node, external).',
    },
    NODE_LOCAL: { description: "Traffic from a pod's own node is always admitted." },
  },
});

/** Why one side lets traffic pass. */
@ObjectType('AccessReason', { description: 'Why one side lets traffic pass.' })
export class AccessReasonModel {
  @Field(() => AccessReasonCodeEnum, { description: 'Class of reason.' })
  readonly code!: AccessReasonCode;

  @Field(() => [RuleMatchModel], {
    description: 'Rules that admit it (empty when not isolated).',
  })
  readonly rules!: readonly RuleMatchModel[];
}
