import {
  compareText,
  type ServiceEndpoints,
  type ServiceSpec,
  serviceSpecJson,
  type SnapshotPart,
} from '@portolan/model';
import type { AccountBindings } from '../objects/account-bindings.js';
import { namespaceLabels } from '../objects/apply-defaults.js';
import { foldOwners } from '../objects/fold-owners.js';
import type { DeclaredNamespace } from '../objects/inventory.js';
import type {
  SlimEndpoints,
  SlimNode,
  SlimPolicy,
  SlimService,
  SlimServiceCidr,
} from '../objects/slim-objects.js';
import {
  endpointsText,
  labelsText,
  networksText,
  ownerText,
  serviceCidrText,
  workloadText,
} from '../stored/kept-json.js';
import { foldedWorkloads, keptEndpoints } from '../stored/kept-objects.js';
import { SegmentWriter } from './segment-writer.js';
import { SourcesWriter } from './sources-writer.js';
import { storedBlock } from './stored-block.js';

/** A part and what it adds to the counts of a snapshot. */
export interface WrittenPart {
  readonly part: SnapshotPart;
  readonly workloads: number;
}

/** Writes what a namespace holds. */
export function writeNamespace(
  namespace: DeclaredNamespace,
  bindings: AccountBindings,
): WrittenPart {
  const segment = new SegmentWriter();
  const sources = new SourcesWriter();
  const { name, declaration } = namespace;
  segment.namespace(name, declaration !== null, namespaceLabels(name, declaration?.labels ?? {}));
  sources.object('namespaceSource', declaration?.source ?? null);
  sources.ignore('NAMESPACE', 0, declaration?.ignore ?? null);
  const { workloads, pods } = foldOwners(namespace.workloads, namespace.pods);
  const accounts = new Map(namespace.accounts.map((account) => [account.name, account]));
  for (const [index, workload] of workloads.entries()) {
    segment.workload(workload);
    const use = bindings.useOf(name, workload.account, accounts);
    if (use !== null) segment.apiClient(use);
    sources.object('workloadSources', workload.source);
    const { owner = null, labels = null } = workload.declaration ?? {};
    sources.text('workloadOwners', owner && ownerText(owner));
    sources.text('workloadOwnLabels', labels && labelsText(labels));
    sources.ignore('WORKLOAD', index, workload.ignore);
  }
  for (const pod of pods) {
    segment.pod(pod);
    sources.object('podSources', pod.source);
    const owner = pod.pod?.owner ?? null;
    sources.text('podOwners', owner && ownerText(owner));
  }
  for (const policy of namespace.policies.sort((a, b) => compareText(a.name, b.name))) {
    segment.policy(policy);
    sources.policy(policy);
  }
  for (const [index, service] of behindServices(namespace).entries()) {
    segment.spec('service', service);
    sources.object('serviceSources', service.source);
    sources.ignore('SERVICE', index, service.ignore);
  }
  let routes = 0;
  for (const object of namespace.routing.sort(
    (a, b) =>
      compareText(a.name, b.name) || compareText(a.kind, b.kind) || compareText(a.type, b.type),
  )) {
    segment.spec(object.type, object);
    sources.object(`${object.type}Sources`, object.source);
    if (object.type === 'route') sources.ignore('ROUTE', routes++, object.ignore);
  }
  const tops = new Set(workloads.map((workload) => workload.declaration));
  for (const workload of foldedWorkloads(namespace.workloads, namespace.pods, tops))
    sources.text('foldedWorkloads', workloadText(workload));
  for (const endpoints of keptEndpoints(namespace.endpoints, namespace.services))
    sources.text('endpoints', endpointsText(endpoints));
  return { part: partOf(name, segment, sources), workloads: workloads.length };
}

/** Services by name, those without selector with what stands behind them. */
function behindServices({ services, endpoints }: DeclaredNamespace): SlimService[] {
  const byService = new Map<string, SlimEndpoints[]>();
  for (const one of endpoints) {
    const known = byService.get(one.service);
    if (known === undefined) byService.set(one.service, [one]);
    else known.push(one);
  }
  return services
    .map((service) =>
      service.hasSelector ? service : withEndpoints(service, byService.get(service.name) ?? []),
    )
    .sort((a, b) => compareText(a.name, b.name));
}

/** EndpointSlices, or v1 Endpoints where there are none: the control plane mirrors these as slices. */
function withEndpoints(service: SlimService, all: readonly SlimEndpoints[]): SlimService {
  const slices = all.filter(({ form }) => form === 'SLICE');
  const endpoints = (slices.length > 0 ? slices : all)
    .map((one) => one.endpoints)
    .sort(compareText)
    .flatMap((text) => JSON.parse(text) as ServiceEndpoints[]);
  if (endpoints.length === 0) return service;
  const spec = JSON.parse(service.spec) as ServiceSpec;
  return { ...service, spec: serviceSpecJson({ ...spec, endpoints }) };
}

/** Cluster-scoped objects, in the order of the segment. */
export interface ClusterObjects {
  readonly nodes: readonly SlimNode[];
  readonly policies: readonly SlimPolicy[];
  readonly pluginResources: readonly string[];
  readonly serviceCidrs: readonly SlimServiceCidr[];
  readonly apiServerCalls: readonly string[];
}

/** Writes the cluster-scoped objects; null when there is none. */
export function writeCluster(objects: ClusterObjects): SnapshotPart | null {
  if (Object.values(objects).every((list: readonly unknown[]) => list.length === 0)) return null;
  const { nodes, policies, pluginResources, serviceCidrs, apiServerCalls } = objects;
  const segment = new SegmentWriter();
  const sources = new SourcesWriter();
  for (const node of nodes) {
    segment.node(node);
    sources.object('nodeSources', node.source);
    sources.text('nodePodCidrs', node.podCidrs.length === 0 ? null : networksText(node.podCidrs));
  }
  for (const policy of policies) {
    segment.policy(policy);
    sources.policy(policy);
  }
  segment.texts('pluginResources', pluginResources);
  const podCidrs = nodes.flatMap((node) => node.podCidrs);
  segment.texts('podNetworks', distinct(podCidrs));
  segment.texts('serviceNetworks', distinct(serviceCidrs.flatMap(({ cidrs }) => cidrs)));
  for (const one of serviceCidrs) sources.text('serviceCidrs', serviceCidrText(one));
  segment.texts('apiServerCalls', apiServerCalls);
  return partOf('', segment, sources);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}

function partOf(namespace: string, segment: SegmentWriter, sources: SourcesWriter): SnapshotPart {
  return {
    namespace,
    segment: storedBlock(segment.finish()),
    sources: storedBlock(sources.finish()),
  };
}
