import fc from 'fast-check';
import { arbitraryCluster } from './arbitrary-cluster.js';
import type { KubernetesObject } from './kubernetes.js';

/** Objects of one cluster; each policy is in one set, the other, or both. */
export interface TwoSets {
  readonly a: readonly KubernetesObject[];
  readonly b: readonly KubernetesObject[];
}

export const arbitraryTwoSets: fc.Arbitrary<TwoSets> = arbitraryCluster
  .map(distinct)
  .chain((objects) =>
    fc
      .array(fc.constantFrom('a', 'b', 'both', 'both'), {
        minLength: objects.length,
        maxLength: objects.length,
      })
      .map((places) => {
        const of = (set: 'a' | 'b'): KubernetesObject[] =>
          objects.filter(
            (object, i) => !isPolicy(object) || places[i] === 'both' || places[i] === set,
          );
        return { a: of('a'), b: of('b') };
      }),
  );

/** Of policies of the same name only one can be in the snapshot: here the first. */
function distinct(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const seen = new Set<string>();
  return objects.filter((object) => {
    if (!isPolicy(object)) return true;
    const { namespace, name } = object.metadata ?? {};
    const key = JSON.stringify([object.kind, namespace, name]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

export function isPolicy({ kind }: KubernetesObject): boolean {
  return kind.endsWith('NetworkPolicy');
}
