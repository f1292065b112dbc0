import { compareText, type SnapshotPart } from '@portolan/model';
import { namespaceLabels } from '../objects/apply-defaults.js';
import { foldOwners } from '../objects/fold-owners.js';
import type { DeclaredNamespace } from '../objects/inventory.js';
import type { SlimNode, SlimPolicy } from '../objects/slim-objects.js';
import { SegmentWriter } from './segment-writer.js';
import { SourcesWriter } from './sources-writer.js';
import { storedBlock } from './stored-block.js';

/** A part and what it adds to the counts of a snapshot. */
export interface WrittenPart {
  readonly part: SnapshotPart;
  readonly workloads: number;
}

/** Writes what a namespace holds. */
export function writeNamespace(namespace: DeclaredNamespace): WrittenPart {
  const segment = new SegmentWriter();
  const sources = new SourcesWriter();
  const { name, declaration } = namespace;
  segment.namespace(name, declaration !== null, namespaceLabels(name, declaration?.labels ?? {}));
  sources.object('namespaceSource', declaration?.source ?? null);
  const { workloads, pods } = foldOwners(namespace.workloads, namespace.pods);
  for (const workload of workloads) {
    segment.workload(workload);
    sources.object('workloadSources', workload.source);
  }
  for (const pod of pods) {
    segment.pod(pod);
    sources.object('podSources', pod.source);
  }
  for (const policy of namespace.policies.sort((a, b) => compareText(a.name, b.name))) {
    segment.policy(policy);
    sources.policy(policy);
  }
  return { part: partOf(name, segment, sources), workloads: workloads.length };
}

/** Cluster-scoped objects, in the order of the segment. */
export interface ClusterObjects {
  readonly nodes: readonly SlimNode[];
  readonly policies: readonly SlimPolicy[];
  readonly pluginResources: readonly string[];
  readonly serviceCidrs: readonly string[];
}

/** Writes the cluster-scoped objects; null when there is none. */
export function writeCluster(objects: ClusterObjects): SnapshotPart | null {
  if (Object.values(objects).every((list: readonly unknown[]) => list.length === 0)) return null;
  const { nodes, policies, pluginResources, serviceCidrs } = objects;
  const segment = new SegmentWriter();
  const sources = new SourcesWriter();
  for (const node of nodes) {
    segment.node(node);
    sources.object('nodeSources', node.source);
  }
  for (const policy of policies) {
    segment.policy(policy);
    sources.policy(policy);
  }
  segment.texts('pluginResources', pluginResources);
  const podCidrs = nodes.flatMap((node) => node.podCidrs);
  segment.texts('podNetworks', [...new Set(podCidrs)].sort(compareText));
  segment.texts('serviceNetworks', serviceCidrs);
  return partOf('', segment, sources);
}

function partOf(namespace: string, segment: SegmentWriter, sources: SourcesWriter): SnapshotPart {
  return {
    namespace,
    segment: storedBlock(segment.finish()),
    sources: storedBlock(sources.finish()),
  };
}
