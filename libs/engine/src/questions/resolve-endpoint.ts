import {
  ADDRESS_WORDS,
  type Cidr,
  contains,
  type EndpointRef,
  type EndpointSelection,
  formatSelector,
  lastWords,
  type IpAddress,
  parseCidr,
  POD_FLAGS,
  type QuestionProblem,
} from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { NO_CLASS } from '../snapshot-index.js';
import { range } from '../sets/range.js';
import { nodeAddresses } from './node-local.js';
import { refOfPod } from '../hypothetical/hypothetical-ref.js';
import { hasPublicAddress, PUBLIC_CIDRS } from './public-addresses.js';
import { resolveService } from '../services/resolve-service.js';
import { endpointOfPods, externalOf, type ResolvedEndpoint } from './resolved-endpoint.js';
import { selectPods } from './select-pods.js';

type Resolution = ResolvedEndpoint | Omit<QuestionProblem, 'argument'>;

/** Finds what a selection names. Says NOT_FOUND for a name that the snapshot does not have. */
export function resolveEndpoint(analysis: Analysis, selection: EndpointSelection): Resolution {
  const { view, index } = analysis;
  switch (selection.kind) {
    case 'workload':
      return resolveWorkload(analysis, selection);
    case 'pod': {
      const pod = view.findPod(selection.namespace, selection.name);
      if (pod < 0 || view.pod(pod).template)
        return notFound(`There is no pod ${selection.namespace}/${selection.name}.`);
      const ref: EndpointRef = {
        kind: 'pod',
        index: pod,
        namespace: selection.namespace,
        name: selection.name,
      };
      return endpointOfPods(analysis, ref, [pod], index.pods.podWorkload[pod]!);
    }
    case 'service':
      return resolveService(analysis, selection.namespace, selection.name);
    case 'namespace': {
      const namespace = view.findNamespace(selection.name);
      if (namespace < 0) return notFound(`There is no namespace ${selection.name}.`);
      const ref: EndpointRef = { kind: 'namespace', index: namespace, name: selection.name };
      return endpointOfPods(
        analysis,
        ref,
        range(view.firstPod(namespace), view.firstPod(namespace + 1)),
        -1,
      );
    }
    case 'selector': {
      const pods = selectPods(analysis, selection.namespaces, selection.pods);
      if (pods.length === 0) return notFound(`There are no ${selectionText(selection)}.`);
      return endpointOfPods(
        analysis,
        { kind: 'selection', text: selectionText(selection), pods: pods.length },
        pods,
        -1,
      );
    }
    case 'cidr':
      return resolveCidr(analysis, selection.cidr);
    case 'hypotheticalPod': {
      const pod = view.podCount + index.hypothetical.indexOf(selection.pod);
      const workload = index.pods.podWorkload[pod]!;
      return endpointOfPods(analysis, refOfPod(selection.pod), [pod], workload);
    }
    case 'internet':
      return endpointOfPods(
        analysis,
        { kind: 'external', cidrs: PUBLIC_CIDRS, includesInternet: true },
        [],
        -1,
        externalOf(analysis, PUBLIC_CIDRS),
      );
  }
}

export function isResolved(resolution: Resolution): resolution is ResolvedEndpoint {
  return 'ref' in resolution;
}

function resolveWorkload(
  analysis: Analysis,
  selection: EndpointSelection & { kind: 'workload' },
): Resolution {
  const { view } = analysis;
  const found = view
    .findWorkloads(selection.namespace, selection.name)
    .map((index) => ({ index, ...view.workloadIdentity(index) }))
    .filter(({ kind }) => selection.workloadKind === null || kind === selection.workloadKind);
  const [workload, ...others] = found;
  if (workload === undefined)
    return notFound(`There is no workload ${selection.namespace}/${selection.name}.`);
  if (others.length > 0) {
    const kinds = found.map(({ kind }) => kind).join(', ');
    return {
      code: 'INVALID',
      message: `${selection.namespace}/${selection.name} is ambiguous, say which kind: ${kinds}.`,
    };
  }
  const { index, namespace, name, kind, kindName } = workload;
  const { podWorkload } = analysis.index.pods;
  const at = view.namespaceOfWorkload(index);
  const pods: number[] = [];
  for (let pod = view.firstPod(at); pod < view.firstPod(at + 1); pod++)
    if (podWorkload[pod] === index) pods.push(pod);
  const ref: EndpointRef = {
    kind: 'workload',
    index,
    namespace,
    name,
    workloadKind: kind,
    kindName,
  };
  return endpointOfPods(analysis, ref, pods, index);
}

/** Pods by their known addresses, and the addresses that no pod has. */
function resolveCidr(analysis: Analysis, text: string): ResolvedEndpoint {
  const cidr = parseCidr(text);
  const found = podsInCidr(analysis, cidr);
  const { podClass } = analysis.index.pods;
  // The address of a hostNetwork pod that is not its node is the node's as well.
  const isShared = (pod: number): boolean =>
    analysis.isHost(podClass[pod]!) && !analysis.isNode(podClass[pod]!);
  const taken = found.flatMap(({ pod, addresses }) => (isShared(pod) ? [] : addresses));
  const external = externalOf(analysis, [text], taken);
  const ref: EndpointRef =
    found.length === 0
      ? { kind: 'external', cidrs: [text], includesInternet: hasPublicAddress(cidr) }
      : { kind: 'selection', text, pods: found.length };
  const pods = found.map(({ pod }) => pod);
  return {
    ...endpointOfPods(analysis, ref, pods, -1, external),
    hasServiceAddress: analysis.facts.hasServiceAddress(cidr),
  };
}

/** Pods that take part and have an address in a network; hostNetwork pods have those of their nodes, too. */
export function podsInCidr(
  analysis: Analysis,
  cidr: Cidr,
): { pod: number; addresses: IpAddress[] }[] {
  const { view, index } = analysis;
  const found: { pod: number; addresses: IpAddress[] }[] = [];
  const first = cidr.words;
  const last = lastWords(cidr);
  for (let namespace = 0; namespace < view.namespaceCount; namespace++) {
    const { podIps, podIpOffsets, podFlags } = view.segment(namespace).columns;
    for (let i = 0; i < podFlags.length; i++) {
      const pod = view.firstPod(namespace) + i;
      if (index.pods.podClass[pod] === NO_CLASS) continue;
      const isHost = (podFlags[i]! & POD_FLAGS.hostNetwork) !== 0;
      // Most pods are outside: look at the raw words before making records of them.
      if (
        !isHost &&
        !hasAddressBetween(podIps, podIpOffsets[i]!, podIpOffsets[i + 1]!, cidr.family, first, last)
      )
        continue;
      const own = view.pod(pod).ips;
      const all = isHost ? [...own, ...nodeAddresses(analysis, index.pods.podNode[pod]!)] : own;
      const addresses = all.filter((address) => contains(cidr, address));
      if (addresses.length > 0) found.push({ pod, addresses });
    }
  }
  return found;
}

function hasAddressBetween(
  words: Int32Array,
  from: number,
  end: number,
  family: number,
  first: readonly number[],
  last: readonly number[],
): boolean {
  for (let at = from * ADDRESS_WORDS; at < end * ADDRESS_WORDS; at += ADDRESS_WORDS) {
    if (words[at] !== family) continue;
    const word = words[at + 1]! >>> 0;
    if (word >= first[0]! && word <= last[0]!) return true;
  }
  return false;
}

function selectionText(selection: EndpointSelection & { kind: 'selector' }): string {
  const pods =
    selection.pods === null || selection.pods.length === 0
      ? 'all pods'
      : `pods with ${formatSelector(selection.pods)}`;
  const { namespaces } = selection;
  if (namespaces === null || namespaces.length === 0) return `${pods} of all namespaces`;
  return `${pods} of namespaces with ${formatSelector(namespaces)}`;
}

function notFound(message: string): Omit<QuestionProblem, 'argument'> {
  return { code: 'NOT_FOUND', message };
}
