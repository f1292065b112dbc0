import type { NamespaceFilter, PodFilter, PolicyFilter, WorkloadFilter } from '@portolan/engine';
import { type IpAddress, parseCidr } from '@portolan/model';
import { BadQuestionError } from '../errors/bad-question.error.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import type { EndpointInput } from '../endpoints/endpoint.input.js';
import { readCidr } from '@portolan/manifests';
import { readEndpoint } from '../endpoints/read-endpoint.js';
import { readSelector } from '../selectors/read-selector.js';
import type {
  NamespaceFilterInput,
  PodFilterInput,
  PolicyFilterInput,
  WorkloadFilterInput,
} from './objects.args.js';

/** Every reader throws BadQuestionError for a filter that cannot be read. */
export function readNamespaceFilter(input?: NamespaceFilterInput | null): NamespaceFilter {
  return {
    labels: readSelector(input?.labels, 'filter.labels'),
    notIsolated: input?.notIsolated ?? null,
  };
}

/** Reads a filter of workloads; left out = all. */
export function readWorkloadFilter(input?: WorkloadFilterInput | null): WorkloadFilter {
  return {
    namespaces: input?.namespaces ?? null,
    labels: readSelector(input?.labels, 'filter.labels'),
    kinds: input?.kinds ?? null,
    notIsolated: input?.notIsolated ?? null,
    search: input?.search ?? null,
  };
}

/** Reads a filter of pods; left out = all. */
export function readPodFilter(input?: PodFilterInput | null): PodFilter {
  return {
    namespaces: input?.namespaces ?? null,
    labels: readSelector(input?.labels, 'filter.labels'),
    ip: readIp(input?.ip),
  };
}

/** Reads a filter of policies; left out = all. */
export function readPolicyFilter(
  snapshot: IndexedSnapshot,
  input?: PolicyFilterInput | null,
): PolicyFilter {
  const selects = input?.selects ?? null;
  return {
    namespaces: input?.namespaces ?? null,
    kinds: input?.kinds ?? null,
    selectsNothing: input?.selectsNothing ?? null,
    selects: selects === null ? null : [readSubject(snapshot, selects)],
  };
}

function readIp(text: string | null | undefined): IpAddress | null {
  if (text === null || text === undefined) return null;
  const read = readCidr(text);
  if (read.ok && !text.includes('/')) return parseCidr(read.cidr);
  throw invalid('filter.ip', read.ok ? `"${text}" is a network, not an address` : read.message);
}

function readSubject(
  snapshot: IndexedSnapshot,
  input: EndpointInput,
): { workload: number } | { pod: number } {
  const { view } = snapshot;
  const selection = readEndpoint(snapshot, input, 'filter.selects');
  if (selection.kind === 'pod') {
    return { pod: view.findPod(selection.namespace, selection.name) };
  }
  if (selection.kind === 'workload') {
    const { namespace, name, workloadKind } = selection;
    const named = view.findWorkloads(namespace, name);
    const workload = named.find((i) => [null, view.workload(i).kind].includes(workloadKind));
    if (workload !== undefined) return { workload };
  }
  throw invalid('filter.selects', '`selects` takes a workload or a pod');
}

function invalid(argument: string, message: string): BadQuestionError {
  return new BadQuestionError({ code: 'INVALID', argument, message });
}
