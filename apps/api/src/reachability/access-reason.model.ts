import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AccessReasonCode } from '@portolan/model';
import { RuleMatchModel } from './rule-match.model.js';

const AccessReasonCodeEnum = {
  NOT_ISOLATED: 'NOT_ISOLATED',
  ALLOWED_BY_POLICY: 'ALLOWED_BY_POLICY',
  ALLOWED_BY_ADMIN_POLICY: 'ALLOWED_BY_ADMIN_POLICY',
  ALLOWED_BY_BASELINE_POLICY: 'ALLOWED_BY_BASELINE_POLICY',
  NOT_GOVERNED: 'NOT_GOVERNED',
  NOT_ENFORCED: 'NOT_ENFORCED',
  NODE_LOCAL: 'NODE_LOCAL',
} as const satisfies Record<AccessReasonCode, AccessReasonCode>;

registerEnumType(AccessReasonCodeEnum, {
  name: 'AccessReasonCode',
  description: 'Class of reason.',
  valuesMap: {
    NOT_ISOLATED: {
      description: 'No NetworkPolicy isolates this side, and no admin or baseline policy decides.',
    },
    ALLOWED_BY_POLICY: { description: 'A NetworkPolicy rule admits it.' },
    ALLOWED_BY_ADMIN_POLICY: { description: 'A rule of an admin policy admits it.' },
    ALLOWED_BY_BASELINE_POLICY: { description: 'A rule of a baseline policy admits it.' },
    NOT_GOVERNED: {
      description: 'The endpoint is outside policy control (hostNetwork, node, external).',
    },
    NOT_ENFORCED: { description: 'Nothing in the cluster enforces policies.' },
    NODE_LOCAL: { description: "Traffic from a pod's own node is always admitted." },
  },
});

/** Why one side lets traffic pass. */
@ObjectType('AccessReason', { description: 'Why one side lets traffic pass.' })
export class AccessReasonModel {
  @Field(() => AccessReasonCodeEnum, { description: 'Class of reason.' })
  readonly code!: AccessReasonCode;

  @Field(() => [RuleMatchModel], {
    description: 'Rules of any tier that admit some of it; empty when nothing has to.',
  })
  readonly rules!: readonly RuleMatchModel[];
}
