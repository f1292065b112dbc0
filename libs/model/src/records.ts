import type { IpAddress } from './address.js';
import type { PolicyKind, PolicySpec } from './policy.js';
import type { WorkloadKind } from './segment.js';
import type { Labels } from './selector.js';
import type { Protocol } from './traffic.js';

/** Objects of a snapshot as the rest of the program sees them. `index` is the snapshot-wide index. */
export interface NamespaceRecord {
  readonly index: number;
  readonly name: string;
  readonly labels: Labels;
  /** Whether a Namespace object was in the input. */
  readonly declared: boolean;
}

/** A port that a container declares. */
export interface ContainerPort {
  readonly name: string | null;
  readonly port: number;
  readonly protocol: Protocol;
}

/** A workload of a snapshot. */
export interface WorkloadRecord {
  readonly index: number;
  readonly namespace: number;
  readonly name: string;
  readonly kind: WorkloadKind;
  /** The kind as written, for example `Rollout` where `kind` is OTHER. */
  readonly kindName: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly hostNetwork: boolean;
  readonly declared: boolean;
}

/** A pod of a snapshot. */
export interface PodRecord {
  readonly index: number;
  readonly namespace: number;
  readonly workload: number;
  readonly name: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  readonly ips: readonly IpAddress[];
  readonly hostNetwork: boolean;
  readonly terminated: boolean;
  readonly template: boolean;
  readonly phase: string | null;
  readonly node: string | null;
}

/** A policy of a snapshot. */
export interface PolicyRecord {
  readonly index: number;
  readonly kind: PolicyKind;
  /** -1 = cluster-scoped. */
  readonly namespace: number;
  readonly name: string;
  readonly labels: Labels;
  readonly spec: PolicySpec;
}

/** A node of a snapshot. */
export interface NodeRecord {
  readonly index: number;
  readonly name: string;
  readonly labels: Labels;
  readonly ips: readonly IpAddress[];
}
