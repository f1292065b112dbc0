import type { IpAddress, Labels } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { readAddress } from './addresses.js';
import { type Findings, quoted } from './findings.js';
import { readLabels } from './object-meta.js';
import { type ContainerPortManifest, readContainerPorts } from './ports.js';
import { booleanAt, type Fields, listAt, mapAt, textAt } from './shape.js';

/** What the analysis keeps of a pod's `spec`. */
export interface PodSpecManifest {
  readonly ports: readonly ContainerPortManifest[];
  readonly hostNetwork: boolean;
  readonly nodeName: string | null;
  /** Service account; null = not given. */
  readonly serviceAccount: string | null;
  /** Whether its token is mounted; null = as the account says. */
  readonly automount: boolean | null;
}

/** A pod template of a workload. */
export interface PodTemplateManifest {
  readonly labels: Labels;
  readonly spec: PodSpecManifest;
}

/** What the analysis keeps of a pod's status. */
export interface PodStatusManifest {
  readonly phase: string | null;
  readonly ips: readonly IpAddress[];
}

/**
 * Reads a pod's `spec`. Ports of init containers count (a sidecar is an init container); those of ephemeral containers do
 * not exist in the API.
 */
export function readPodSpec(value: unknown, path: Path, findings: Findings): PodSpecManifest {
  const spec = mapAt(value, path, findings) ?? {};
  const nodeName = textAt(spec.nodeName, [...path, 'nodeName'], findings);
  return {
    ports: [
      ...readContainerPorts(spec.containers, [...path, 'containers'], findings),
      ...readContainerPorts(spec.initContainers, [...path, 'initContainers'], findings),
    ],
    hostNetwork: booleanAt(spec.hostNetwork, [...path, 'hostNetwork'], findings) ?? false,
    nodeName: nodeName === '' ? null : nodeName,
    ...readServiceAccount(spec, path, findings),
  };
}

/** `serviceAccount` is the name of the field in earlier versions; the API server still takes it. */
function readServiceAccount(
  spec: Fields,
  path: Path,
  findings: Findings,
): Pick<PodSpecManifest, 'serviceAccount' | 'automount'> {
  const named =
    textAt(spec.serviceAccountName, [...path, 'serviceAccountName'], findings) ??
    textAt(spec.serviceAccount, [...path, 'serviceAccount'], findings);
  const at = [...path, 'automountServiceAccountToken'];
  return {
    serviceAccount: named === '' ? null : named,
    automount: booleanAt(spec.automountServiceAccountToken, at, findings),
  };
}

/** Reads a pod template. */
export function readPodTemplate(
  value: unknown,
  path: Path,
  findings: Findings,
): PodTemplateManifest | null {
  const template = mapAt(value, path, findings);
  if (template === null) return null;
  const meta = mapAt(template.metadata, [...path, 'metadata'], findings) ?? {};
  return {
    labels: readLabels(meta.labels, [...path, 'metadata', 'labels'], findings),
    spec: readPodSpec(template.spec, [...path, 'spec'], findings),
  };
}

/** Reads a pod's `status`. A hostNetwork pod without addresses of its own has those of its host. */
export function readPodStatus(
  value: unknown,
  isHostNetwork: boolean,
  findings: Findings,
): PodStatusManifest {
  const path = ['status'];
  const status = mapAt(value, path, findings) ?? {};
  const phase = textAt(status.phase, [...path, 'phase'], findings);
  const ips = readAddresses(status, 'podIPs', 'podIP', findings);
  const hostIps = isHostNetwork && ips.length === 0;
  return {
    phase: phase === '' ? null : phase,
    ips: hostIps ? readAddresses(status, 'hostIPs', 'hostIP', findings) : ips,
  };
}

function readAddresses(
  status: Fields,
  listField: 'podIPs' | 'hostIPs',
  field: 'podIP' | 'hostIP',
  findings: Findings,
): IpAddress[] {
  const path = ['status', listField];
  const listed = (listAt(status[listField], path, findings) ?? []).flatMap((entry, i) => {
    const fields = mapAt(entry, [...path, i], findings) ?? {};
    return addressAt(fields.ip, [...path, i, 'ip'], findings);
  });
  return listed.length > 0 ? listed : addressAt(status[field], ['status', field], findings);
}

/** One address, or none when it is missing or empty. */
export function addressAt(value: unknown, path: Path, findings: Findings): IpAddress[] {
  const text = textAt(value, path, findings);
  if (text === null || text === '') return [];
  const address = readAddress(text);
  if (address === null) findings.reject(path, `${quoted(text)} is not an IP address`);
  return address === null ? [] : [address];
}
