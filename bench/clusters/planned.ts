/** A Kubernetes object, as a client would list it. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

/** What policies are written about. */
export interface PlannedWorkload {
  readonly app: string;
  readonly name: string;
}

/** The objects of one namespace. */
export interface PlannedNamespace {
  readonly name: string;
  readonly workloads: PlannedWorkload[];
  readonly objects: KubernetesObject[];
}

export const COMPONENTS = ['web', 'api', 'worker', 'db', 'cache', 'queue', 'proxy', 'job'];
