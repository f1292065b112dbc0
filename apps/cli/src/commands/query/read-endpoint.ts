import { missingNamespace, missingObject } from '@portolan/engine';
import { readCidr } from '@portolan/manifests';
import type { EndpointSelection, SnapshotView, WorkloadKind } from '@portolan/model';
import type { CommandLine } from '../../options/parse-command.js';
import { InputError } from '../../command-error.js';

/** How an end of a question is written, for the help. */
export const ENDPOINT_FORMS = [
  'Ends are written:',
  '  shop/web               the workload web in namespace shop, or else the pod of that name',
  '  Deployment:shop/web    a workload of that kind, where several have the name',
  '  pod:shop/web-0         a pod',
  '  namespace:shop         all pods of a namespace',
  '  10.0.0.0/8, 10.1.2.3   addresses',
  '  internet               all public addresses',
].join('\n');

/**
 * Reads an end of a question.
 * @throws UsageError for text that is none, InputError for what the input does not have.
 */
export function readEndpoint(
  line: CommandLine,
  view: SnapshotView,
  text: string,
): EndpointSelection {
  if (text === 'internet') return { kind: 'internet' };
  if (isAddress(text)) {
    const read = readCidr(text);
    if (!read.ok) throw line.wrong(read.message);
    return { kind: 'cidr', cidr: read.cidr };
  }
  const { kind, rest } = prefixOf(text);
  if (kind === 'namespace') {
    if (view.findNamespace(rest) < 0) throw new InputError(missingNamespace(view, rest));
    return { kind: 'namespace', name: rest };
  }
  const [namespace = '', name = '', ...more] = rest.split('/');
  if (namespace === '' || name === '' || more.length > 0)
    throw line.wrong(
      `${text}: an end is written like shop/web, namespace:shop, 10.0.0.0/8 or internet`,
    );
  if (kind === 'pod') return podOf(view, namespace, name);
  return workloadOf(view, namespace, name, kind) ?? podOf(view, namespace, name, 'workload');
}

/** Names have no colon and namespaces no dot, so nothing else begins like this. */
function isAddress(text: string): boolean {
  return /^[\d.]+(?:\/\d*)?$/.test(text) || /^[\da-f]*:[\da-f:.]*(?:\/\d*)?$/i.test(text);
}

function prefixOf(text: string): { kind: string | null; rest: string } {
  const colon = text.indexOf(':');
  return colon < 0
    ? { kind: null, rest: text }
    : { kind: text.slice(0, colon), rest: text.slice(colon + 1) };
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

/** Null when there is no workload of that name. `kind` null = the only one there is. */
function workloadOf(
  view: SnapshotView,
  namespace: string,
  name: string,
  kind: string | null,
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
  const workloadKind: WorkloadKind = one.kind;
  return { kind: 'workload', namespace, name, workloadKind };
}
