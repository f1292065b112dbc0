import {
  compareText,
  type SourceLocation,
  WORKLOAD_KINDS,
  type WorkloadKind,
} from '@portolan/model';
import { workloadKindOf } from '../kinds.js';
import type { OwnerReference } from '../validate/object-meta.js';
import { deploymentKey, ownerKey, workloadKey } from './owner-keys.js';
import type { SlimIgnore } from './slim-objects.js';
import {
  isTerminated,
  type PodAccount,
  type PodShape,
  type SlimPod,
  type SlimWorkload,
} from './slim-objects.js';

/** A workload of a snapshot: nothing that is itself managed by another workload of the snapshot. */
export interface FoldedWorkload {
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly kindName: string;
  /** The template; of an owner that only pods tell of, the first pod by name. */
  shape: PodShape;
  readonly isDeclared: boolean;
  /** The object that declares it; null for a pod of its own, and for an owner that only pods tell of. */
  readonly declaration: SlimWorkload | null;
  /** Names of its containers, where they matter. */
  readonly containers: readonly string[];
  /** As `shape`, that of the template or of the first pod. */
  readonly account: PodAccount;
  readonly source: SourceLocation | null;
  readonly ignore: SlimIgnore | null;
  readonly pods: SlimPod[];
}

/** A pod and the workload that it goes to. */
export interface FoldedPod {
  readonly name: string;
  /** Index in `workloads`. */
  readonly workload: number;
  readonly shape: PodShape;
  /** Null for a pod that stands for the template. */
  readonly pod: SlimPod | null;
  readonly source: SourceLocation | null;
}

/** Workloads and pods of a namespace, each pod with its workload. */
export interface Folded {
  /** By name, then kind. */
  readonly workloads: readonly FoldedWorkload[];
  /** By name. */
  readonly pods: readonly FoldedPod[];
}

/**
 * Puts the pods of a namespace under their top owners, as far as these are in the snapshot, and a pod that stands for the
 * template under every workload that has no running pod.
 */
export function foldOwners(workloads: readonly SlimWorkload[], pods: readonly SlimPod[]): Folded {
  const declared = new Map(workloads.map((workload) => [workloadKey(workload), workload]));
  const owners = new TopOwners(declared);
  const folded = new Map<string, FoldedWorkload>();
  for (const workload of workloads) {
    if (owners.of(workload) === workload) {
      folded.set(workloadKey(workload), declaredWorkload(workload));
    }
  }
  for (const pod of [...pods].sort(byName)) workloadOf(pod, owners, folded).pods.push(pod);
  const sorted = [...folded.values()].sort(byNameAndKind);
  return { workloads: sorted, pods: sorted.flatMap(podsOf).sort(byNameAndTemplate) };
}

function declaredWorkload(workload: SlimWorkload): FoldedWorkload {
  const { name, kind, kindName, template, containers, account, source, ignore } = workload;
  const shape = template;
  const isDeclared = true;
  return {
    name,
    kind,
    kindName,
    shape,
    containers,
    account,
    isDeclared,
    declaration: workload,
    source,
    ignore,
    pods: [],
  };
}

/** Finds top owners: each chain of owners is walked once, however many begin in it. */
class TopOwners {
  /** Null = owners that own each other, or lead to such. */
  readonly #known = new Map<SlimWorkload, SlimWorkload | null>();

  constructor(readonly declared: ReadonlyMap<string, SlimWorkload>) {}

  /** The last owner that is in the snapshot; the workload itself when it has none, or owners own each other. */
  of(workload: SlimWorkload): SlimWorkload {
    const chain = new Set<SlimWorkload>();
    let at = workload;
    let top: SlimWorkload | null | undefined;
    for (;;) {
      top = chain.has(at) ? null : this.#known.get(at);
      if (top !== undefined) break;
      chain.add(at);
      const owner = at.owner === null ? undefined : this.declared.get(ownerKey(at.owner));
      if (owner === undefined) {
        top = at;
        break;
      }
      at = owner;
    }
    for (const one of chain) this.#known.set(one, top);
    return top ?? workload;
  }
}

function workloadOf(
  pod: SlimPod,
  owners: TopOwners,
  folded: Map<string, FoldedWorkload>,
): FoldedWorkload {
  const owner = pod.owner === null ? null : declaredOwner(pod, pod.owner, owners.declared);
  const key = owner !== null ? workloadKey(owners.of(owner)) : undeclaredKey(pod);
  let workload = folded.get(key);
  if (workload === undefined) {
    workload = undeclaredWorkload(pod);
    folded.set(key, workload);
  }
  return workload;
}

/** The owner as the pod names it, or the Deployment of a ReplicaSet that is not in the snapshot. */
function declaredOwner(
  pod: SlimPod,
  owner: OwnerReference,
  declared: ReadonlyMap<string, SlimWorkload>,
): SlimWorkload | null {
  const direct = declared.get(ownerKey(owner));
  if (direct !== undefined) return direct;
  const above = deploymentKey(pod, owner);
  return (above === null ? undefined : declared.get(above)) ?? null;
}

function undeclaredKey(pod: SlimPod): string {
  return pod.owner === null
    ? workloadKey({ kind: 'POD', kindName: 'Pod', name: pod.name })
    : ownerKey(pod.owner);
}

function undeclaredWorkload(pod: SlimPod): FoldedWorkload {
  const { name, owner, account, source, ignore } = pod;
  if (owner === null) {
    const own = { name, kind: 'POD', kindName: 'Pod', isDeclared: true, source, ignore } as const;
    return { ...own, shape: pod, declaration: null, containers: [], account, pods: [] };
  }
  return {
    name: owner.name,
    kind: workloadKindOf(owner.apiVersion, owner.kind),
    kindName: owner.kind,
    shape: pod,
    containers: [],
    account,
    isDeclared: false,
    declaration: null,
    source: null,
    ignore: null,
    pods: [],
  };
}

function podsOf(workload: FoldedWorkload, index: number): FoldedPod[] {
  const live = workload.pods.map((pod): FoldedPod => {
    return { name: pod.name, workload: index, shape: pod, pod, source: pod.source };
  });
  if (!needsTemplatePod(workload)) return live;
  const { name, shape, source } = workload;
  return [...live, { name, workload: index, shape, pod: null, source }];
}

/** A job whose pods are through makes no more; every other workload will make another pod. */
function needsTemplatePod({ isDeclared, kind, pods }: FoldedWorkload): boolean {
  if (!isDeclared || kind === 'POD') return false;
  if (kind === 'JOB' && pods.length > 0) return false;
  return pods.every(({ phase }) => isTerminated(phase));
}

function byName(a: { name: string }, b: { name: string }): number {
  return compareText(a.name, b.name);
}

function byNameAndKind(a: FoldedWorkload, b: FoldedWorkload): number {
  return (
    byName(a, b) ||
    WORKLOAD_KINDS.indexOf(a.kind) - WORKLOAD_KINDS.indexOf(b.kind) ||
    compareText(a.kindName, b.kindName)
  );
}

function byNameAndTemplate(a: FoldedPod, b: FoldedPod): number {
  return byName(a, b) || Number(a.pod === null) - Number(b.pod === null) || a.workload - b.workload;
}
