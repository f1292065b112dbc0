import { missingNamespace, missingObject } from '@portolan/engine';
import type { EndpointSelection, SnapshotView } from '@portolan/model';
import { InputError } from '../../command-error.js';
import type { WrittenEnd, WrittenWorkload } from './read-end.js';

/** Finds an end of a question in the input. @throws InputError for what the input does not have. */
export function findEnd(view: SnapshotView, end: WrittenEnd): EndpointSelection {
  switch (end.kind) {
    case 'internet':
    case 'cidr':
      return end;
    case 'namespace':
      if (view.findNamespace(end.name) < 0) throw new InputError(missingNamespace(view, end.name));
      return end;
    case 'pod':
      return podOf(view, end.namespace, end.name);
    case 'workload':
      return workloadOf(view, end) ?? podOf(view, end.namespace, end.name, 'workload');
  }
}

function podOf(
  view: SnapshotView,
  namespace: string,
  name: string,
  asked: 'pod' | 'workload' = 'pod',
): EndpointSelection {
  const index = view.findPod(namespace, name);
  if (index < 0 || view.pod(index).template)
    throw new InputError(missingObject(view, asked, namespace, name));
  return { kind: 'pod', namespace, name };
}

/** Null when there is no workload of that name. */
function workloadOf(
  view: SnapshotView,
  { namespace, name, kindName: kind }: WrittenWorkload,
): EndpointSelection | null {
  const found = view.findWorkloads(namespace, name).map((index) => view.workloadIdentity(index));
  if (found.length === 0) return null;
  const matching = kind === null ? found : found.filter(({ kindName }) => kindName === kind);
  const [one] = matching;
  const kinds = found.map(({ kindName }) => kindName).join(', ');
  if (one === undefined)
    throw new InputError(
      `There is no ${kind ?? ''} ${namespace}/${name}; of that name there is: ${kinds}.`,
    );
  if (matching.length > 1)
    throw new InputError(
      `${namespace}/${name} is ambiguous: say which of ${kinds}, like ${one.kindName}:${namespace}/${name}.`,
    );
  return { kind: 'workload', namespace, name, workloadKind: one.kind };
}
