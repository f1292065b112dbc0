import type { EndpointSelection, WorkloadKind } from '@portolan/model';
import { BadQuestionError } from '../errors/bad-question.error.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { decodeGlobalId } from '../relay/global-id.js';
import type { EndpointInput, NamespacedNameInput, WorkloadRefInput } from './endpoint.input.js';
import { readHypotheticalPod } from './read-hypothetical-pod.js';
import { readCidr } from '@portolan/manifests';
import { readSelector } from '../selectors/read-selector.js';
import { missingNamespace, missingObject } from '@portolan/engine';

/**
 * Reads an endpoint of a question about a snapshot.
 * @throws BadQuestionError NOT_FOUND for what the snapshot does not have, INVALID for what cannot be asked.
 */
export function readEndpoint(
  snapshot: IndexedSnapshot,
  input: EndpointInput,
  argument: string,
): EndpointSelection {
  const reader = new EndpointReader(snapshot, argument);
  // GraphQL has made sure that exactly one field is given.
  if (input.id !== undefined) return reader.id(input.id);
  if (input.workload !== undefined) return reader.workload(input.workload);
  if (input.pod !== undefined) return reader.pod(input.pod);
  if (input.service !== undefined) return reader.service(input.service);
  if (input.namespace !== undefined) return reader.namespace(input.namespace);
  if (input.cidr !== undefined) return reader.cidr(input.cidr);
  if (input.hypotheticalPod !== undefined) {
    const path = `${argument}.hypotheticalPod`;
    return {
      kind: 'hypotheticalPod',
      pod: readHypotheticalPod(snapshot.view, input.hypotheticalPod, path),
    };
  }
  if (input.selector !== undefined) {
    const { namespaces, pods } = input.selector;
    return {
      kind: 'selector',
      namespaces: readSelector(namespaces, `${argument}.selector.namespaces`),
      pods: readSelector(pods, `${argument}.selector.pods`),
    };
  }
  if (input.internet === true) return { kind: 'internet' };
  throw reader.invalid('`internet` can only be `true`');
}

class EndpointReader {
  constructor(
    private readonly snapshot: IndexedSnapshot,
    private readonly argument: string,
  ) {}

  workload({ namespace, name, kind }: WorkloadRefInput): EndpointSelection {
    const { view } = this.snapshot;
    const kinds = view.findWorkloads(namespace, name).map((index) => view.workload(index).kind);
    if (kinds.length === 0) throw this.notFound(missingObject(view, 'workload', namespace, name));
    const wanted = kind ?? null;
    const matching = wanted === null ? kinds : kinds.filter((found) => found === wanted);
    if (matching.length === 1) {
      return { kind: 'workload', namespace, name, workloadKind: wanted };
    }
    throw this.#notOne(`${namespace}/${name}`, kinds, wanted);
  }

  #notOne(name: string, kinds: readonly WorkloadKind[], wanted: WorkloadKind | null): Error {
    const found = kinds.join(', ');
    return wanted !== null && !kinds.includes(wanted)
      ? this.notFound(`There is no ${wanted} ${name}; of that name there is: ${found}.`)
      : this.invalid(`${name} is ambiguous: say which \`kind\` of ${found}.`);
  }

  pod({ namespace, name }: NamespacedNameInput): EndpointSelection {
    const { view } = this.snapshot;
    const index = view.findPod(namespace, name);
    if (index < 0) throw this.notFound(missingObject(view, 'pod', namespace, name));
    if (!view.pod(index).template) return { kind: 'pod', namespace, name };
    throw this.notFound(
      `There is no pod ${namespace}/${name}: the snapshot has only the workload of that name. Ask for the workload.`,
    );
  }

  service({ namespace, name }: NamespacedNameInput): EndpointSelection {
    const { view } = this.snapshot;
    if (view.services.find(view.findNamespace(namespace), name) < 0)
      throw this.notFound(missingObject(view, 'service', namespace, name));
    return { kind: 'service', namespace, name };
  }

  namespace(name: string): EndpointSelection {
    const { view } = this.snapshot;
    if (view.findNamespace(name) < 0) throw this.notFound(missingNamespace(view, name));
    return { kind: 'namespace', name };
  }

  cidr(text: string): EndpointSelection {
    const read = readCidr(text);
    if (!read.ok) throw this.invalid(read.message);
    return { kind: 'cidr', cidr: read.cidr };
  }

  /** A Workload, Pod, Service or Namespace of this snapshot. */
  id(text: string): EndpointSelection {
    const { view, row } = this.snapshot;
    const id = decodeGlobalId(text);
    if (id === null || 'uuid' in id || id.type === 'Policy' || id.type === 'Route') {
      throw this.invalid('`id` is not the ID of a Workload, Pod, Service or Namespace');
    }
    if (id.snapshot !== row.id) {
      throw this.invalid('`id` is of another snapshot; names hold in every snapshot, ids in one');
    }
    const { type, index } = id;
    if (type === 'Workload' && index < view.workloadCount) {
      const { namespace, name, kind } = view.workload(index);
      return {
        kind: 'workload',
        namespace: view.namespaceName(namespace),
        name,
        workloadKind: kind,
      };
    }
    if (type === 'Pod' && index < view.podCount && !view.pod(index).template) {
      const { namespace, name } = view.pod(index);
      return { kind: 'pod', namespace: view.namespaceName(namespace), name };
    }
    if (type === 'Service' && index < view.services.count) {
      const { namespace, name } = view.services.at(index);
      return { kind: 'service', namespace: view.namespaceName(namespace), name };
    }
    if (type === 'Namespace' && index < view.namespaceCount) {
      return { kind: 'namespace', name: view.namespaceName(index) };
    }
    throw this.notFound(`The snapshot has no such ${type}.`);
  }

  invalid(message: string): BadQuestionError {
    return new BadQuestionError({ code: 'INVALID', argument: this.argument, message });
  }

  notFound(message: string): BadQuestionError {
    return new BadQuestionError({ code: 'NOT_FOUND', argument: this.argument, message });
  }
}
