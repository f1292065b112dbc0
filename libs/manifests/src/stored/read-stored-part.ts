import {
  addressesAt,
  ANNOTATED_KINDS,
  type AnnotatedKind,
  IGNORE_WORDS,
  POLICY_NOTE_WORDS,
  type PolicyNote,
  policyNoteAt,
  type ColumnBlock,
  labelsAt,
  OBJECT_SOURCE_WORDS,
  POD_FLAGS,
  POLICY_KINDS,
  portsAt,
  readColumnBlock,
  type RouteSpec,
  type Segment,
  SEGMENT_COLUMNS,
  type ServiceSpec,
  serviceSpecJson,
  SOURCE_COLUMNS,
  type SourceColumn,
  type SourceLocation,
  SPEC_KINDS,
  WORKLOAD_FLAGS,
  WORKLOAD_KINDS,
} from '@portolan/model';
import type {
  PodShape,
  SlimObject,
  SlimPolicy,
  SlimService,
  SlimWorkload,
} from '../objects/slim-objects.js';
import type { SlimIgnore } from '../objects/slim-objects.js';
import type { OwnerReference } from '../validate/object-meta.js';
import { UNPLACED } from './unplaced.js';
import { apiUses, readCallers, storedAccount } from './read-api-facts.js';
import {
  readEndpointsText,
  readLabelsText,
  readNetworksText,
  readOwnerText,
  readServiceCidrText,
  readWorkloadText,
} from './kept-json.js';

type SourceBlock = ColumnBlock<SourceColumn>;

/** The objects of which a part was written: written again, they give the same bytes. */
export function readStoredPart(
  namespace: string,
  segmentBytes: Uint8Array,
  sourceBytes: Uint8Array,
): SlimObject[] {
  const segment = readColumnBlock(SEGMENT_COLUMNS, segmentBytes);
  const sources = readColumnBlock(SOURCE_COLUMNS, sourceBytes);
  const part = { namespace, segment, sources, ignores: readIgnores(sources) };
  return [
    ...readNamespace(part),
    ...readWorkloads(part),
    ...readPods(part),
    ...readPolicies(part),
    ...readSpecs(part),
    ...readKept(part),
    ...readCluster(part),
  ];
}

interface OpenPart {
  readonly namespace: string;
  readonly segment: Segment;
  readonly sources: SourceBlock;
  /** By kind and place in the segment. */
  readonly ignores: ReadonlyMap<string, SlimIgnore>;
}

function readIgnores({ columns: { ignores }, strings }: SourceBlock): Map<string, SlimIgnore> {
  const found = new Map<string, SlimIgnore>();
  for (let at = 0; at < ignores.length; at += IGNORE_WORDS) {
    const kind = ANNOTATED_KINDS[ignores[at]!];
    const ignore = { line: ignores[at + 2]!, text: strings.at(ignores[at + 3]!) };
    if (kind !== undefined) found.set(ignoreKey(kind, ignores[at + 1]!), ignore);
  }
  return found;
}

function ignoreKey(kind: AnnotatedKind, index: number): string {
  return `${kind} ${index}`;
}

function ignoreAt({ ignores }: OpenPart, kind: AnnotatedKind, index: number): SlimIgnore | null {
  return ignores.get(ignoreKey(kind, index)) ?? null;
}

function readNamespace(part: OpenPart): SlimObject[] {
  const { namespace, segment, sources } = part;
  const [, isDeclared = 0, labelSet = -1] = segment.columns.namespace;
  if (isDeclared === 0) return [];
  const source = locationAt(sources, 'namespaceSource', 0);
  const labels = labelsAt(segment, labelSet);
  const ignore = ignoreAt(part, 'NAMESPACE', 0);
  return [{ type: 'namespace', name: namespace, labels, source, ignore }];
}

/** Those that an object declares; of others only their pods tell, and of a pod of its own the pod does. */
function readWorkloads(part: OpenPart): SlimWorkload[] {
  const { namespace, segment, sources } = part;
  const { columns, strings } = segment;
  const containers = agentContainers(segment);
  const uses = apiUses(segment);
  const found: SlimWorkload[] = [];
  for (let i = 0; i < columns.workloadNames.length; i++) {
    const flags = columns.workloadFlags[i]!;
    const kind = WORKLOAD_KINDS[columns.workloadKinds[i]!]!;
    if ((flags & WORKLOAD_FLAGS.declared) === 0 || kind === 'POD') continue;
    const labels = textAt(sources, sources.columns.workloadOwnLabels[i]);
    found.push({
      type: 'workload',
      namespace,
      name: strings.at(columns.workloadNames[i]!),
      kind,
      kindName: strings.at(columns.workloadKindNames[i]!),
      owner: ownerAt(sources, sources.columns.workloadOwners[i]),
      labels: labels === null ? {} : readLabelsText(labels),
      template: {
        labels: labelsAt(segment, columns.workloadLabelSets[i]!),
        ports: portsAt(segment, columns.workloadPortTables[i]!),
        hostNetwork: (flags & WORKLOAD_FLAGS.hostNetwork) !== 0,
      },
      containers: containers.get(i) ?? [],
      account: storedAccount(uses.get(i)),
      source: locationAt(sources, 'workloadSources', i),
      ignore: ignoreAt(part, 'WORKLOAD', i),
    });
  }
  return found;
}

function agentContainers({ columns, strings }: Segment): Map<number, string[]> {
  const names = new Map<number, string[]>();
  for (let i = 0; i < columns.agentContainers.length; i += 2) {
    const workload = columns.agentContainers[i]!;
    const name = strings.at(columns.agentContainers[i + 1]!);
    names.set(workload, [...(names.get(workload) ?? []), name]);
  }
  return names;
}

function readPods(part: OpenPart): SlimObject[] {
  const { namespace, segment, sources } = part;
  const { columns, strings } = segment;
  const uses = apiUses(segment);
  const shapes = new Map<string, Pick<PodShape, 'labels' | 'ports'>>();
  const pods: SlimObject[] = [];
  for (let i = 0; i < columns.podNames.length; i++) {
    const flags = columns.podFlags[i]!;
    if ((flags & POD_FLAGS.template) !== 0) continue;
    const phase = columns.podPhases[i]!;
    const node = columns.podNodes[i]!;
    const owner = ownerAt(sources, sources.columns.podOwners[i]);
    const [labelSet, portTable] = [columns.podLabelSets[i]!, columns.podPortTables[i]!];
    const key = `${labelSet} ${portTable}`;
    const shape = shapes.get(key) ?? {
      labels: labelsAt(segment, labelSet),
      ports: portsAt(segment, portTable),
    };
    shapes.set(key, shape);
    pods.push({
      type: 'pod',
      namespace,
      name: strings.at(columns.podNames[i]!),
      ...shape,
      hostNetwork: (flags & POD_FLAGS.hostNetwork) !== 0,
      account: storedAccount(uses.get(columns.podWorkloads[i]!)),
      owner,
      ips: addressesAt(columns.podIps, columns.podIpOffsets, i),
      phase: phase < 0 ? null : strings.at(phase),
      node: node < 0 ? null : strings.at(node),
      source: locationAt(sources, 'podSources', i),
      ignore: owner === null ? ignoreAt(part, 'WORKLOAD', columns.podWorkloads[i]!) : null,
    });
  }
  return pods;
}

function readPolicies(part: OpenPart): SlimPolicy[] {
  const { namespace, segment, sources } = part;
  const { columns, strings } = segment;
  const { policyLineOffsets, policyLines, policyNotes } = sources.columns;
  const notes = new Map<number, PolicyNote[]>();
  for (let at = 0; at < policyNotes.length; at += POLICY_NOTE_WORDS) {
    const note = policyNoteAt(policyNotes, at);
    const policy = policyNotes[at]!;
    if (note !== null) notes.set(policy, [...(notes.get(policy) ?? []), note]);
  }
  return Array.from(columns.policyNames, (name, i) => ({
    type: 'policy',
    namespace,
    name: strings.at(name),
    kind: POLICY_KINDS[columns.policyKinds[i]!]!,
    labels: labelsAt(segment, columns.policyLabelSets[i]!),
    spec: strings.at(columns.policySpecs[i]!),
    lines: [...policyLines.subarray(policyLineOffsets[i], policyLineOffsets[i + 1])],
    notes: notes.get(i) ?? [],
    source: locationAt(sources, 'policySources', i),
    ignore: ignoreAt(part, 'POLICY', i),
  }));
}

function readSpecs(part: OpenPart): SlimObject[] {
  const { namespace, segment, sources } = part;
  const { columns, strings } = segment;
  return SPEC_KINDS.flatMap((type) =>
    Array.from(columns[`${type}Names`], (name, i): SlimObject => {
      const spec = strings.at(columns[`${type}Specs`][i]!);
      const annotated = type === 'service' ? 'SERVICE' : type === 'route' ? 'ROUTE' : null;
      const fields = {
        namespace,
        name: strings.at(name),
        labels: labelsAt(segment, columns[`${type}LabelSets`][i]!),
        source: locationAt(sources, `${type}Sources`, i),
        ignore: annotated === null ? null : ignoreAt(part, annotated, i),
      };
      if (type === 'service') return { ...fields, ...serviceFields(spec) };
      const kind = type === 'route' ? (JSON.parse(spec) as RouteSpec).kind : '';
      return { type, ...fields, kind, spec };
    }),
  );
}

/** What stands behind a Service without selector comes of the EndpointSlices that are kept beside it. */
function serviceFields(text: string): Pick<SlimService, 'type' | 'hasSelector' | 'spec'> {
  const spec = JSON.parse(text) as ServiceSpec;
  const isBare = spec.selector !== null || spec.endpoints.length === 0;
  return {
    type: 'service',
    hasSelector: spec.selector !== null,
    spec: isBare ? text : serviceSpecJson({ ...spec, endpoints: [] }),
  };
}

function readKept({ namespace, sources }: OpenPart): SlimObject[] {
  const { columns, strings } = sources;
  return [
    ...Array.from(columns.foldedWorkloads, (text) => readWorkloadText(strings.at(text), namespace)),
    ...Array.from(columns.endpoints, (text) => readEndpointsText(strings.at(text), namespace)),
    ...Array.from(columns.serviceCidrs, (text) => readServiceCidrText(strings.at(text))),
  ];
}

function readCluster({ segment, sources }: OpenPart): SlimObject[] {
  const { columns, strings } = segment;
  const nodes = Array.from(columns.nodeNames, (name, i): SlimObject => {
    const podCidrs = textAt(sources, sources.columns.nodePodCidrs[i]);
    return {
      type: 'node',
      name: strings.at(name),
      labels: labelsAt(segment, columns.nodeLabelSets[i]!),
      ips: addressesAt(columns.nodeIps, columns.nodeIpOffsets, i),
      podCidrs: podCidrs === null ? [] : readNetworksText(podCidrs),
      source: locationAt(sources, 'nodeSources', i),
    };
  });
  return [...nodes, ...readCallers(segment)];
}

function ownerAt(sources: SourceBlock, text: number | undefined): OwnerReference | null {
  const found = textAt(sources, text);
  return found === null ? null : readOwnerText(found);
}

function textAt({ strings }: SourceBlock, text: number | undefined): string | null {
  return text === undefined || text < 0 ? null : strings.at(text);
}

function locationAt(
  { columns, strings }: SourceBlock,
  column: SourceColumn,
  object: number,
): SourceLocation {
  const at = object * OBJECT_SOURCE_WORDS;
  const [path = -1, documentIndex = 0, startLine = 1, endLine = 1] = columns[column].subarray(
    at,
    at + OBJECT_SOURCE_WORDS,
  );
  return path < 0 ? UNPLACED : { path: strings.at(path), documentIndex, startLine, endLine };
}
