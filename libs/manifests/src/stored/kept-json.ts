import type { Labels, SourceLocation } from '@portolan/model';
import type {
  PodShape,
  SlimEndpoints,
  SlimServiceCidr,
  SlimWorkload,
} from '../objects/slim-objects.js';
import type { OwnerReference } from '../validate/object-meta.js';

/*
 * Texts of a sources block: what a segment does not hold of an object. Only this program writes and reads them; equal objects
 * have equal texts.
 */

/** The controller that an object names. */
export function ownerText({ apiVersion, kind, name }: OwnerReference): string {
  return JSON.stringify([apiVersion, kind, name]);
}

/** Inverse of `ownerText`. */
export function readOwnerText(text: string): OwnerReference {
  const [apiVersion, kind, name] = JSON.parse(text) as [string, string, string];
  return { apiVersion, kind, name };
}

/** Labels, in their order. */
export function labelsText(labels: Labels): string {
  return JSON.stringify(labels);
}

/** Inverse of `labelsText`. */
export function readLabelsText(text: string): Labels {
  return JSON.parse(text) as Labels;
}

/** Networks, in their order. */
export function networksText(cidrs: readonly string[]): string {
  return JSON.stringify(cidrs);
}

/** Inverse of `networksText`. */
export function readNetworksText(text: string): readonly string[] {
  return JSON.parse(text) as string[];
}

type Place = readonly [path: string, documentIndex: number, startLine: number, endLine: number];

function placeOf({ path, documentIndex, startLine, endLine }: SourceLocation): Place {
  return [path, documentIndex, startLine, endLine];
}

function locationOf([path, documentIndex, startLine, endLine]: Place): SourceLocation {
  return { path, documentIndex, startLine, endLine };
}

type WorkloadFields = Omit<
  SlimWorkload,
  'type' | 'namespace' | 'source' | 'owner' | 'account' | 'ignore'
> & {
  readonly owner: string | null;
  readonly place: Place;
};

/** A workload as a whole. */
export function workloadText(workload: SlimWorkload): string {
  const { name, kind, kindName, owner, labels, template, containers, source } = workload;
  const fields: WorkloadFields = {
    name,
    kind,
    kindName,
    owner: owner === null ? null : ownerText(owner),
    labels,
    template: shapeOf(template),
    containers,
    place: placeOf(source),
  };
  return JSON.stringify(fields);
}

/** Templates are compared as they are written: fields have one order. */
function shapeOf({ labels, ports, hostNetwork }: PodShape): PodShape {
  return { labels, ports, hostNetwork };
}

/** Inverse of `workloadText`. */
export function readWorkloadText(text: string, namespace: string): SlimWorkload {
  const { owner, place, ...fields } = JSON.parse(text) as WorkloadFields;
  return {
    type: 'workload',
    namespace,
    ...fields,
    // Those that stand under another workload are not asked for these.
    account: { name: '', automount: null, storedUse: null },
    ignore: null,
    owner: owner === null ? null : readOwnerText(owner),
    source: locationOf(place),
  };
}

type EndpointsFields = readonly [
  form: SlimEndpoints['form'],
  name: string,
  service: string,
  endpoints: string,
  place: Place,
];

/** An EndpointSlice or Endpoints as a whole. */
export function endpointsText({ form, name, service, endpoints, source }: SlimEndpoints): string {
  return JSON.stringify([
    form,
    name,
    service,
    endpoints,
    placeOf(source),
  ] satisfies EndpointsFields);
}

/** Inverse of `endpointsText`. */
export function readEndpointsText(text: string, namespace: string): SlimEndpoints {
  const [form, name, service, endpoints, place] = JSON.parse(text) as EndpointsFields;
  const source = locationOf(place);
  return { type: 'endpoints', form, name, namespace, service, endpoints, source };
}

/** A ServiceCIDR as a whole. */
export function serviceCidrText({ name, cidrs, source }: SlimServiceCidr): string {
  return JSON.stringify([name, cidrs, placeOf(source)]);
}

/** Inverse of `serviceCidrText`. */
export function readServiceCidrText(text: string): SlimServiceCidr {
  const [name, cidrs, place] = JSON.parse(text) as [string, readonly string[], Place];
  return { type: 'serviceCidr', name, cidrs, source: locationOf(place) };
}
