/** What a benchmark cluster is made of. */
export interface Profile {
  readonly seed: number;
  readonly namespaces: number;
  readonly pods: number;
  readonly policies: number;
  /** ClusterNetworkPolicies. */
  readonly adminPolicies: number;
  readonly nodes: number;
  readonly teams: number;
  readonly apps: number;
}

const M = profile(2, {
  namespaces: 200,
  pods: 10_000,
  policies: 1_000,
  nodes: 200,
  teams: 25,
  apps: 120,
});

const XL = {
  seed: 4,
  namespaces: 2_000,
  pods: 150_000,
  policies: 10_000,
  adminPolicies: 0,
  nodes: 5_000,
  teams: 150,
  apps: 400,
};

/**
 * XL is the size that Kubernetes documents as its limit for pods; XLA is XL with admin and baseline policies, XLP with as many
 * policies and namespaces as there may be, and MA, MP and MN are the like of M. P has the shape of a policy-heavy
 * cluster: more than two policies for each pod. N is made of namespaces, four pods each.
 */
export const PROFILES = {
  S: profile(1, { namespaces: 20, pods: 500, policies: 60, nodes: 10, teams: 5, apps: 40 }),
  M,
  MA: { ...M, adminPolicies: 200 },
  MP: { ...M, namespaces: 1_000, policies: 7_500 },
  MN: { ...M, namespaces: 1_250, pods: 5_000, policies: 3_750 },
  L: profile(3, {
    namespaces: 600,
    pods: 50_000,
    policies: 5_000,
    nodes: 1_500,
    teams: 60,
    apps: 250,
  }),
  XL,
  XLA: { ...XL, adminPolicies: 200 },
  XLP: { ...XL, namespaces: 10_000, policies: 75_000 },
  P: profile(5, {
    namespaces: 604,
    pods: 5_413,
    policies: 13_678,
    nodes: 120,
    teams: 40,
    apps: 200,
  }),
  N: profile(7, {
    namespaces: 25_000,
    pods: 100_000,
    policies: 75_000,
    nodes: 3_000,
    teams: 400,
    apps: 400,
  }),
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

function profile(seed: number, sizes: Omit<Profile, 'seed' | 'adminPolicies'>): Profile {
  return { seed, adminPolicies: 0, ...sizes };
}
