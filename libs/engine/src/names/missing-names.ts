import type { SnapshotView } from '@portolan/model';
import { didYouMean, nearestNames } from './nearest-names.js';

const NAME_COLUMN = {
  workload: 'workloadNames',
  pod: 'podNames',
  service: 'serviceNames',
} as const;

/** Namespaced kinds that questions name. */
export type NamedKind = keyof typeof NAME_COLUMN;

/** Above this many namespaces a wrong namespace is not searched for. */
const SEARCHED_NAMESPACES = 2000;

/** That there is no such namespace, and which may have been meant. */
export function missingNamespace(view: SnapshotView, name: string): string {
  return `There is no namespace ${quote(name)}.${didYouMean(nearestNames(name, namespaces(view)))}`;
}

/** That there is no such object, and which may have been meant: near names, then the same name elsewhere. */
export function missingObject(
  view: SnapshotView,
  kind: NamedKind,
  namespace: string,
  name: string,
): string {
  const at = view.findNamespace(namespace);
  const elsewhere = namespacesWith(view, kind, name);
  if (at < 0 && elsewhere.length === 0) return missingNamespace(view, namespace);
  const near = at < 0 ? [] : nearestNames(name, namesIn(view, kind, at));
  const suggestions = [...near.map((other) => `${namespace}/${other}`), ...elsewhere];
  const message = `There is no ${kind} ${quote(`${namespace}/${name}`)}.`;
  return message + didYouMean([...new Set(suggestions)].slice(0, 3));
}

function* namespaces(view: SnapshotView): Iterable<string> {
  for (let i = 0; i < view.namespaceCount; i++) yield view.namespaceName(i);
}

function* namesIn(view: SnapshotView, kind: NamedKind, namespace: number): Iterable<string> {
  const { columns, strings } = view.segment(namespace);
  for (const name of columns[NAME_COLUMN[kind]]) yield strings.peek(name);
}

function namespacesWith(view: SnapshotView, kind: NamedKind, name: string): string[] {
  const found: string[] = [];
  for (let i = 0; i < Math.min(view.namespaceCount, SEARCHED_NAMESPACES); i++) {
    const namespace = view.namespaceName(i);
    if (hasObject(view, kind, namespace, name)) found.push(`${namespace}/${name}`);
  }
  return found;
}

function hasObject(view: SnapshotView, kind: NamedKind, namespace: string, name: string): boolean {
  switch (kind) {
    case 'workload':
      return view.findWorkloads(namespace, name).length > 0;
    case 'pod':
      return view.findPod(namespace, name) >= 0;
    case 'service':
      return view.services.find(view.findNamespace(namespace), name) >= 0;
  }
}

/** Names come from callers and go into messages: of bounded length. */
function quote(name: string): string {
  return name.length <= 300 ? name : `${name.slice(0, 300)}…`;
}
