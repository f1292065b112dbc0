import {
  formatAddress,
  formatCidr,
  type LabelSelector,
  type Protocol,
  SERVICE_TYPES,
  type ServiceType,
} from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { readChoice } from './choice.js';
import { readCidr } from './cidr.js';
import { type Findings, quoted } from './findings.js';
import { readLabelMap } from './label-selector.js';
import { faultInLabelName, faultInPortName, faultInSubdomainName } from './names.js';
import { addressAt } from './pod.js';
import { readPortNumber, readProtocol } from './ports.js';
import { type Fields, integerAt, listAt, mapAt, textAt } from './shape.js';

/** A port of a Service as written: null = missing. */
export interface ServicePortManifest {
  readonly name: string | null;
  readonly protocol: Protocol | null;
  readonly port: number;
  readonly targetPort: number | string | null;
  readonly nodePort: number | null;
}

/** What the analysis keeps of a Service, as written: null = missing. */
export interface ServiceManifest {
  readonly type: ServiceType | null;
  readonly isHeadless: boolean;
  readonly clusterIPs: readonly string[];
  readonly selector: LabelSelector | null;
  readonly ports: readonly ServicePortManifest[];
  readonly externalName: string | null;
  readonly externalIPs: readonly string[];
  readonly loadBalancerIPs: readonly string[];
  readonly sourceRanges: readonly string[];
  readonly externalTrafficPolicy: (typeof EXTERNAL_TRAFFIC_POLICIES)[number] | null;
}

const EXTERNAL_TRAFFIC_POLICIES = ['Cluster', 'Local'] as const;
const SPEC = ['spec'];
/** Of `clusterIP`: no address, clients are told those of the pods. */
const HEADLESS = 'None';

/**
 * Reads a Service and checks what is used of it as the API server does.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/
 */
export function readService(object: Fields, findings: Findings): ServiceManifest {
  const spec = mapAt(object.spec, SPEC, findings) ?? {};
  const type = readChoice(spec.type, SERVICE_TYPES, [...SPEC, 'type'], findings);
  const clusterIP = textAt(spec.clusterIP, [...SPEC, 'clusterIP'], findings) ?? '';
  const isExternalName = type === 'ExternalName';
  const isHeadless = clusterIP === HEADLESS && !isExternalName;
  if (isHeadless && (type === 'NodePort' || type === 'LoadBalancer')) {
    findings.reject([...SPEC, 'clusterIP'], `must not be ${HEADLESS} with type ${type}`);
  }
  return {
    type,
    isHeadless,
    clusterIPs: isHeadless || isExternalName ? [] : readClusterIPs(spec, clusterIP, findings),
    selector: readLabelMap(spec.selector, [...SPEC, 'selector'], findings),
    ports: readServicePorts(spec, isHeadless || isExternalName, findings),
    externalName: isExternalName ? readExternalName(spec, findings) : null,
    externalIPs: readAddressList(spec, 'externalIPs', findings),
    loadBalancerIPs: type === 'LoadBalancer' ? readLoadBalancerIPs(object, findings) : [],
    sourceRanges: readSourceRanges(spec, findings),
    externalTrafficPolicy: readExternalTrafficPolicy(spec, findings),
  };
}

function readClusterIPs(spec: Fields, clusterIP: string, findings: Findings): string[] {
  const listed = readAddressList(spec, 'clusterIPs', findings);
  if (listed.length > 0 || clusterIP === '') return listed;
  return addressAt(clusterIP, [...SPEC, 'clusterIP'], findings).map(formatAddress);
}

function readAddressList(
  spec: Fields,
  field: 'clusterIPs' | 'externalIPs',
  findings: Findings,
): string[] {
  const path = [...SPEC, field];
  return (listAt(spec[field], path, findings) ?? []).flatMap((entry, i) =>
    addressAt(entry, [...path, i], findings).map(formatAddress),
  );
}

function readServicePorts(
  spec: Fields,
  mayBeEmpty: boolean,
  findings: Findings,
): ServicePortManifest[] {
  const path = [...SPEC, 'ports'];
  const list = listAt(spec.ports, path, findings) ?? [];
  if (list.length === 0 && !mayBeEmpty) findings.reject(path, 'is required');
  const names = new Set<string>();
  const numbers = new Set<string>();
  return list.flatMap((entry, i) => {
    const at = [...path, i];
    const port = readServicePort(mapAt(entry, at, findings) ?? {}, at, findings);
    if (port === null) return [];
    checkPortName(port.name, list.length > 1, names, [...at, 'name'], findings);
    const number = `${port.protocol ?? 'TCP'} ${port.port}`;
    if (numbers.has(number)) findings.reject(at, `${number} is there twice`);
    numbers.add(number);
    return [port];
  });
}

function readServicePort(
  fields: Fields,
  path: Path,
  findings: Findings,
): ServicePortManifest | null {
  const name = textAt(fields.name, [...path, 'name'], findings) ?? '';
  const protocol = readProtocol(fields.protocol, [...path, 'protocol'], findings);
  const port = readPortNumber(fields.port, [...path, 'port'], findings);
  if (port === null) return null;
  return {
    name: name === '' ? null : name,
    protocol,
    port,
    targetPort: readTargetPort(fields.targetPort, [...path, 'targetPort'], findings),
    nodePort: readGivenPort(fields.nodePort, [...path, 'nodePort'], findings),
  };
}

function checkPortName(
  name: string | null,
  isOneOfSeveral: boolean,
  names: Set<string>,
  path: Path,
  findings: Findings,
): void {
  if (name === null) {
    if (isOneOfSeveral) findings.reject(path, 'is required where there are several ports');
    return;
  }
  const fault = names.has(name) ? 'names another port as well' : faultInLabelName(name);
  if (fault !== null) findings.reject(path, `${quoted(name)} ${fault}`);
  names.add(name);
}

/** A number, or the name of a container port. Zero and empty text are as good as missing. */
export function readTargetPort(
  value: unknown,
  path: Path,
  findings: Findings,
): number | string | null {
  if (typeof value !== 'string') return readGivenPort(value, path, findings);
  if (value === '') return null;
  const fault = faultInPortName(value);
  if (fault !== null) findings.reject(path, `${quoted(value)} ${fault}`);
  return value;
}

function readGivenPort(value: unknown, path: Path, findings: Findings): number | null {
  const port = integerAt(value, path, findings);
  return port === null || port === 0 ? null : readPortNumber(port, path, findings);
}

function readExternalName(spec: Fields, findings: Findings): string | null {
  const path = [...SPEC, 'externalName'];
  const name = textAt(spec.externalName, path, findings) ?? '';
  // A dot at the end says that the name is whole.
  const fault = name === '' ? 'is required' : faultInSubdomainName(name.replace(/\.$/, ''));
  if (fault !== null) findings.reject(path, fault);
  return name;
}

function readLoadBalancerIPs(object: Fields, findings: Findings): string[] {
  const path = ['status', 'loadBalancer', 'ingress'];
  const status = mapAt(object.status, ['status'], findings) ?? {};
  const balancer = mapAt(status.loadBalancer, ['status', 'loadBalancer'], findings) ?? {};
  return (listAt(balancer.ingress, path, findings) ?? []).flatMap((entry, i) => {
    const fields = mapAt(entry, [...path, i], findings) ?? {};
    return addressAt(fields.ip, [...path, i, 'ip'], findings).map(formatAddress);
  });
}

function readSourceRanges(spec: Fields, findings: Findings): string[] {
  const path = [...SPEC, 'loadBalancerSourceRanges'];
  return (listAt(spec.loadBalancerSourceRanges, path, findings) ?? []).flatMap((entry, i) => {
    const text = typeof entry === 'string' ? entry.trim() : entry;
    const cidr = readCidr(text, [...path, i], findings);
    return cidr === null ? [] : [formatCidr(cidr)];
  });
}

/** The API server takes empty text for missing. */
function readExternalTrafficPolicy(
  { externalTrafficPolicy: value }: Fields,
  findings: Findings,
): ServiceManifest['externalTrafficPolicy'] {
  const path = [...SPEC, 'externalTrafficPolicy'];
  return value === '' ? null : readChoice(value, EXTERNAL_TRAFFIC_POLICIES, path, findings);
}
