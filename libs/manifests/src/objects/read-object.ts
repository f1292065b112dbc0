import { isAgentWithOptions, NAMESPACE_NAME_LABEL, policySpecJson } from '@portolan/model';
import { type AnalysedKind, parseApiVersion } from '../kinds.js';
import { faultInLabelName, faultInPolicyName, faultInSubdomainName } from '../validate/names.js';
import { readNodeAddresses, readPodCidrs } from '../validate/node.js';
import { type ObjectMeta, type OwnerReference, readObjectMeta } from '../validate/object-meta.js';
import { type PodSpecManifest, readPodSpec, readPodStatus } from '../validate/pod.js';
import { readServiceCidrs } from '../validate/service-cidr.js';
import { readContainerNames, readWorkload } from '../validate/workload.js';
import { containerPort } from './apply-defaults.js';
import { podAccount, readRoleBindingObject, readServiceAccountObject } from './read-accounts.js';
import { readApiServerCaller } from './read-api-server-calls.js';
import { readConversionCalls } from '../validate/api-server-calls.js';
import type { Interner } from './interner.js';
import type { ObjectInput } from './object-input.js';
import { nameOf } from './object-name.js';
import { readPolicyContent } from './policy-content.js';
import { readIgnore } from './read-ignore.js';
import { readEndpointsObject, readRoutingObject, readServiceObject } from './read-routing.js';
import type { PodShape, SlimObject, SlimPolicy } from './slim-objects.js';

/** Group of NetworkPolicies before 1.7. The API server takes none under it any more, whatever its version. */
const REMOVED_GROUP = 'extensions';
const NO_CONTAINERS: readonly string[] = [];

/** Checks an object, fills in defaults and keeps what the analysis needs. Nothing is to be kept when it is rejected. */
export function readObject(kind: AnalysedKind, input: ObjectInput): SlimObject {
  switch (kind.reads) {
    case 'namespace':
      return readNamespace(input);
    case 'node':
      return readNode(input);
    case 'customResourceDefinition':
      return readCustomResourceDefinition(input);
    case 'serviceCidr':
      return readServiceCidr(input);
    case 'pod':
      return readPod(input);
    case 'workload':
      return readWorkloadObject(kind, input);
    case 'policy':
      return readPolicy(kind, input);
    case 'service':
      return readServiceObject(input);
    case 'endpoints':
      return readEndpointsObject(kind, input);
    case 'route':
    case 'gateway':
    case 'grant':
      return readRoutingObject(kind, input);
    case 'serviceAccount':
      return readServiceAccountObject(input);
    case 'roleBinding':
      return readRoleBindingObject(kind, input);
    case 'apiServerCaller':
      return readApiServerCaller(kind, input);
  }
}

function readNamespace(input: ObjectInput): SlimObject {
  const { object, source, interner, findings } = input;
  const { name, labels } = readObjectMeta(object, faultInLabelName, findings);
  const stated = labels[NAMESPACE_NAME_LABEL];
  if (stated !== undefined && stated !== name) {
    const path = ['metadata', 'labels', NAMESPACE_NAME_LABEL];
    const message = 'the control plane sets this label to the name of the namespace';
    findings.note(path, message, 'METADATA_NAME_LABEL', 'WARNING');
  }
  return {
    type: 'namespace',
    name: interner.text(name),
    labels: interner.labels(labels),
    source,
    ignore: readIgnore(input),
  };
}

function readNode({ object, source, interner, findings }: ObjectInput): SlimObject {
  const { name, labels } = readObjectMeta(object, faultInSubdomainName, findings);
  const ips = readNodeAddresses(object, findings);
  const podCidrs = readPodCidrs(object, findings);
  const kept = interner.labels(labels);
  return { type: 'node', name: interner.text(name), labels: kept, ips, podCidrs, source };
}

function readCustomResourceDefinition({ object, source, findings }: ObjectInput): SlimObject {
  const { name } = readObjectMeta(object, faultInSubdomainName, findings);
  const calls = readConversionCalls(object, name, findings);
  return { type: 'customResourceDefinition', name, calls, source };
}

function readServiceCidr({ object, source, findings }: ObjectInput): SlimObject {
  const { name } = readObjectMeta(object, faultInSubdomainName, findings);
  return { type: 'serviceCidr', name, cidrs: readServiceCidrs(object, findings), source };
}

function readPod(input: ObjectInput): SlimObject {
  const { object, source, interner, findings } = input;
  const meta = readObjectMeta(object, faultInSubdomainName, findings);
  const spec = readPodSpec(object.spec, ['spec'], findings);
  const { phase, ips } = readPodStatus(object.status, spec.hostNetwork, findings);
  const owner = isNode(meta.owner) ? null : interner.owner(meta.owner);
  return {
    type: 'pod',
    ...nameOf(meta, interner, findings),
    ...podShape(meta.labels, spec, interner),
    source,
    // That of another pod is its controller's to give.
    ignore: owner === null ? readIgnore(input) : null,
    owner,
    ips,
    phase: phase === null ? null : interner.text(phase),
    node: spec.nodeName === null ? null : interner.text(spec.nodeName),
    account: podAccount(spec, interner),
  };
}

/** The kubelet names its node as the owner of pods that it runs from files: they are nobody's but their own. */
function isNode(owner: OwnerReference | null): boolean {
  return owner?.kind === 'Node' && parseApiVersion(owner.apiVersion).group === '';
}

function readWorkloadObject(
  { kind }: Extract<AnalysedKind, { reads: 'workload' }>,
  input: ObjectInput,
): SlimObject {
  const { object, groupKind, source, interner, findings } = input;
  const meta = readObjectMeta(object, faultInSubdomainName, findings);
  const template = readWorkload(object, kind, groupKind.version, findings);
  const hasOptions = kind === 'DAEMON_SET' && isAgentWithOptions(meta.name);
  return {
    type: 'workload',
    ...nameOf(meta, interner, findings),
    source,
    ignore: readIgnore(input),
    kind,
    kindName: interner.text(groupKind.kind),
    owner: interner.owner(meta.owner),
    labels: interner.labels(meta.labels),
    template: podShape(template.labels, template.spec, interner),
    account: podAccount(template.spec, interner),
    containers: hasOptions ? readContainerNames(object, findings) : NO_CONTAINERS,
  };
}

function readPolicy(
  { kind }: Extract<AnalysedKind, { reads: 'policy' }>,
  input: ObjectInput,
): SlimPolicy {
  const { object, groupKind, source, locate, interner, findings } = input;
  if (groupKind.group === REMOVED_GROUP) {
    const message = `${groupKind.group}/${groupKind.version} is no longer served (since Kubernetes 1.16)`;
    findings.reject(['apiVersion'], message, 'REMOVED_API_VERSION');
  }
  const meta = readObjectMeta(object, faultInPolicyName, findings);
  if (faultInSubdomainName(meta.name) !== null && !findings.isRejected) {
    const message = 'the API server takes lower-case letters, digits, - and . only';
    findings.note(['metadata', 'name'], message, 'INVALID_OBJECT', 'WARNING');
  }
  const { spec, lines, notes } = readPolicyContent(kind, object, meta, findings);
  return {
    type: 'policy',
    kind,
    ...(kind === 'NETWORK_POLICY'
      ? nameOf(meta, interner, findings)
      : { name: interner.text(meta.name), namespace: '' }),
    labels: interner.labels(meta.labels),
    source,
    spec: interner.text(policySpecJson(spec)),
    ignore: readIgnore(input),
    lines: findings.isRejected ? [] : lines(locate()),
    notes,
  };
}

function podShape(
  labels: ObjectMeta['labels'],
  { ports, hostNetwork }: PodSpecManifest,
  interner: Interner,
): PodShape {
  return {
    labels: interner.labels(labels),
    ports: interner.ports(ports.map(containerPort)),
    hostNetwork,
  };
}
