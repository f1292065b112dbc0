import type { PolicyEnforcement } from '@portolan/model';

/** What is known of something that enforces policies. */
interface EnforcementTraits {
  /** Null = not known. */
  readonly isEnforced: boolean | null;
  /** Whether an `ipBlock` matches pods by their addresses. */
  readonly ipBlockMatchesPods: boolean;
}

const ENFORCES: EnforcementTraits = { isEnforced: true, ipBlockMatchesPods: true };

/**
 * Cilium knows pods, and nodes, by identities and not by addresses: CIDR rules are about what has none.
 * @see https://docs.cilium.io/en/stable/security/policy/language/#cidr-based
 */
const BY_IDENTITY: EnforcementTraits = { isEnforced: true, ipBlockMatchesPods: false };

/** The defaults that go with an enforcement. */
export const ENFORCEMENT_TRAITS: Readonly<Record<PolicyEnforcement, EnforcementTraits>> = {
  CALICO: ENFORCES,
  CILIUM: BY_IDENTITY,
  ANTREA: ENFORCES,
  OVN_KUBERNETES: ENFORCES,
  KUBE_ROUTER: ENFORCES,
  KUBE_NETWORK_POLICIES: ENFORCES,
  KINDNET: ENFORCES,
  WEAVE_NET: ENFORCES,
  AWS_VPC_CNI: ENFORCES,
  AZURE_NPM: ENFORCES,
  GKE_DATAPLANE_V2: BY_IDENTITY,
  GENERIC: ENFORCES,
  NONE: { isEnforced: false, ipBlockMatchesPods: true },
  UNKNOWN: { isEnforced: null, ipBlockMatchesPods: true },
};
