import type { PolicyEnforcement, PolicyRecord } from '@portolan/model';
import type { FindingRule, Found } from '../../finding-rule.js';

interface Lack {
  readonly feature: string;
  /** Whether a policy needs it. */
  readonly isUsed: (policy: PolicyRecord) => boolean;
  readonly confidence: NonNullable<Found['confidence']>;
  /** What the plugin makes of it. */
  readonly message: string;
}

const isAdmin = ({ kind }: PolicyRecord): boolean => kind !== 'NETWORK_POLICY';

function noAdminPolicies(plugin: string): Lack {
  return {
    feature: 'admin policies',
    isUsed: isAdmin,
    confidence: 'CERTAIN',
    message: `${plugin} does not know this kind of policy: it has no effect.`,
  };
}

/**
 * What is known for sure of released versions; what depends on the version is not listed.
 * @see https://docs.cilium.io/en/stable/configuration/sctp/
 */
const LACKS: Partial<Record<PolicyEnforcement, readonly Lack[]>> = {
  CILIUM: [
    {
      feature: 'SCTP',
      isUsed: ({ spec }) =>
        [...spec.ingress, ...spec.egress].some(
          ({ ports }) => ports?.some(({ protocol }) => protocol === 'SCTP') ?? false,
        ),
      confidence: 'LIKELY',
      message: 'Cilium supports SCTP only where `sctp.enabled` is set, which is not the default.',
    },
  ],
  // Neither has ever supported the kinds of the Network Policy API.
  WEAVE_NET: [noAdminPolicies('Weave Net')],
  AZURE_NPM: [noAdminPolicies('Azure Network Policy Manager')],
};

/** A policy needs something that what enforces policies does not have. */
export const UNSUPPORTED_BY_PLATFORM: FindingRule = {
  id: 'NP802',
  name: 'unsupported-by-platform',
  category: 'PLATFORM',
  severity: 'HIGH',
  description: 'A policy uses something that the network plugin of the cluster does not support.',
  remediation: 'Say it in another way, or configure or replace the network plugin.',
  needsCompleteSnapshot: false,
  find({ policies, profile }, report) {
    const lacks = LACKS[profile.enforcement];
    if (lacks === undefined) return;
    for (const policy of policies.all())
      for (const { feature, isUsed, confidence, message } of lacks)
        if (isUsed(policy))
          report({
            object: { kind: 'POLICY', index: policy.index },
            key: feature,
            message,
            confidence,
            fix: {
              text: 'Say it in another way, or configure or replace the network plugin.',
              yaml: null,
              edits: [],
            },
          });
  },
};
