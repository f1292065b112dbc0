import type { SnapshotContent } from '@portolan/model';
import { generateCluster } from '../clusters/generate.js';
import { loadNamespaces } from '../clusters/load.js';
import type { PlannedNamespace } from '../clusters/planned.js';
import { PROFILES } from '../clusters/profiles.js';
import type { Figure } from '../goal.js';

/** What the next snapshot of a cluster adds to the store when one object in a hundred has another label. */
export async function nextSnapshotGoals(): Promise<Figure[]> {
  const namespaces = generateCluster(PROFILES.M);
  const known = new Map(blocks(await loadNamespaces(namespaces)));
  const next = new Map(blocks(await loadNamespaces(relabelled(namespaces))));
  const added = [...next]
    .filter(([hash]) => !known.has(hash))
    .reduce((sum, [, size]) => sum + size, 0);
  const total = [...next.values()].reduce((sum, size) => sum + size, 0);
  return [
    {
      id: 'G11',
      what: 'bytes that the next snapshot of M adds, 1 % of its pods changed / all its bytes',
      value: added / total,
      unit: 'x',
      bound: 0.03,
      sense: 'at most',
      detail: `${String(Math.round(added / 1000))} of ${String(Math.round(total / 1000))} kB`,
    },
  ];
}

function blocks({ parts }: SnapshotContent): [hash: string, size: number][] {
  return parts.flatMap(({ segment, sources }) =>
    [segment, sources].map(({ hash, bytes }): [string, number] => [hash, bytes.length]),
  );
}

/** As a roll-out does it: the changed pods are neighbours. */
function relabelled(namespaces: readonly PlannedNamespace[]): PlannedNamespace[] {
  const count = namespaces.reduce((sum, { objects }) => sum + objects.length, 0) / 100;
  let changed = 0;
  return namespaces.map((namespace, i) => ({
    ...namespace,
    objects: namespace.objects.map((object) => {
      if (i < 10 || object.kind !== 'Pod' || changed >= count) return object;
      changed++;
      const metadata = object.metadata as { labels: object };
      return {
        ...object,
        metadata: { ...metadata, labels: { ...metadata.labels, release: 'next' } },
      };
    }),
  }));
}
