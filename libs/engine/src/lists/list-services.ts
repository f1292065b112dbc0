import type { Analysis } from '../analysis.js';
import { range } from '../sets/range.js';
import { namedNamespaces } from './named-namespaces.js';

/** Services (indices) of a namespace, null = of all, by namespace and name. */
export function listServices({ view }: Analysis, namespace: string | null): number[] {
  const { services } = view;
  return namedNamespaces(view, namespace === null ? null : [namespace]).flatMap((one) =>
    range(services.first(one), services.first(one + 1)),
  );
}
