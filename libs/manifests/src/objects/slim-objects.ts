import type {
  ContainerPort,
  IpAddress,
  Labels,
  PolicyKind,
  SourceLocation,
  WorkloadKind,
} from '@portolan/model';
import type { OwnerReference } from '../validate/object-meta.js';

/** What is left of an object: what the analysis needs, and where it was declared. */
export type SlimObject = SlimNamespace | SlimNode | SlimPod | SlimWorkload | SlimPolicy;

interface Slim {
  readonly name: string;
  readonly source: SourceLocation;
}

/** A Namespace. */
export interface SlimNamespace extends Slim {
  readonly type: 'namespace';
  readonly labels: Labels;
}

/** A Node. */
export interface SlimNode extends Slim {
  readonly type: 'node';
  readonly labels: Labels;
  readonly ips: readonly IpAddress[];
}

/** Pods as selectors and ports see them. */
export interface PodShape {
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork: boolean;
}

/** A Pod. */
export interface SlimPod extends Slim, PodShape {
  readonly type: 'pod';
  readonly namespace: string;
  readonly owner: OwnerReference | null;
  readonly ips: readonly IpAddress[];
  readonly phase: string | null;
  readonly node: string | null;
}

/** A workload with its template. */
export interface SlimWorkload extends Slim {
  readonly type: 'workload';
  readonly namespace: string;
  readonly kind: WorkloadKind;
  readonly kindName: string;
  readonly owner: OwnerReference | null;
  /** Its own, not those of its template. */
  readonly labels: Labels;
  readonly template: PodShape;
}

/** A policy with its defaults applied. */
export interface SlimPolicy extends Slim {
  readonly type: 'policy';
  readonly kind: PolicyKind;
  /** Empty = cluster-scoped. */
  readonly namespace: string;
  readonly labels: Labels;
  /** Canonical JSON of a PolicySpec. */
  readonly spec: string;
  /** Lines of rules, peers and ports in the order of SOURCE_COLUMNS.policyLines. */
  readonly lines: readonly number[];
}

/** Whether a pod in this phase takes no part in traffic any more. */
export function isTerminated(phase: string | null): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}
