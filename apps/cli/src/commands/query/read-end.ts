import { readCidr } from '@portolan/manifests';
import type { CommandLine } from '../../options/parse-command.js';

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

/** An end of a question as it is written; whether there is such a thing is not known yet. */
export type WrittenEnd =
  | { readonly kind: 'internet' }
  | { readonly kind: 'cidr'; readonly cidr: string }
  | { readonly kind: 'namespace'; readonly name: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }
  | WrittenWorkload;

/** A workload, or, without its kind, else the pod of that name. */
export interface WrittenWorkload {
  readonly kind: 'workload';
  readonly namespace: string;
  readonly name: string;
  /** `Deployment`; null = the only one there is. */
  readonly kindName: string | null;
}

/** Reads an end of a question. @throws UsageError for text that is none. */
export function readEnd(line: CommandLine, text: string): WrittenEnd {
  if (text === 'internet') return { kind: 'internet' };
  if (isAddress(text)) {
    const read = readCidr(text);
    if (!read.ok) throw line.wrong(read.message);
    return { kind: 'cidr', cidr: read.cidr };
  }
  const { kind, rest } = prefixOf(text);
  if (kind === 'namespace') return { kind: 'namespace', name: rest };
  const [namespace = '', name = '', ...more] = rest.split('/');
  if (namespace === '' || name === '' || more.length > 0)
    throw line.wrong(
      `${text}: an end is written like shop/web, namespace:shop, 10.0.0.0/8 or internet`,
    );
  return kind === 'pod'
    ? { kind: 'pod', namespace, name }
    : { kind: 'workload', namespace, name, kindName: kind };
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
