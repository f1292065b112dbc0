import { ColumnBlockWriter } from './column-block.js';
import type { HypotheticalPod } from './hypothetical-pod.js';
import type { PodRecord } from './records.js';
import { SEGMENT_COLUMNS } from './segment.js';
import { type Labels, NAMESPACE_NAME_LABEL } from './selector.js';

/** A segment of a namespace that does not exist. */
interface AddedSegment {
  readonly namespace: string;
  /** None: it is in no snapshot. */
  readonly hash: '';
  readonly bytes: Uint8Array;
}

/** Where hypothetical pods are. */
export interface HypotheticalPlaces {
  /** Namespaces that do not exist, behind those that do; several of one name where pods give it different labels. */
  readonly added: readonly AddedSegment[];
  /** The namespace of each pod, by its index among the existing and the added ones. */
  readonly places: readonly number[];
}

/** Finds the namespaces of hypothetical pods, and adds what does not exist. */
export function placeHypothetical(
  existing: readonly { readonly namespace: string }[],
  pods: readonly HypotheticalPod[],
): HypotheticalPlaces {
  if (pods.length === 0) return { added: [], places: [] };
  const known = new Map(existing.map(({ namespace }, i) => [namespace, i]));
  const added: AddedSegment[] = [];
  const places = pods.map(({ namespace, namespaceLabels }) => {
    const found = known.get(namespace);
    if (found !== undefined) return found;
    const key = `${namespace} ${JSON.stringify(namespaceLabels)}`;
    const place = known.get(key) ?? existing.length + added.length;
    if (!known.has(key))
      added.push({ namespace, hash: '', bytes: emptySegment(namespace, namespaceLabels) });
    known.set(key, place);
    return place;
  });
  return { added, places };
}

/** A template: it stands for any number of pods. */
export function hypotheticalPodFields({
  labels,
  ports,
}: HypotheticalPod): Omit<PodRecord, 'index' | 'namespace' | 'workload'> {
  return {
    name: '(a pod that need not exist)',
    labels,
    ports,
    ips: [],
    hostNetwork: false,
    terminated: false,
    template: true,
    phase: null,
    node: null,
  };
}

/** As if declared: its labels are known. */
function emptySegment(namespace: string, labels: Labels): Uint8Array {
  const block = new ColumnBlockWriter(SEGMENT_COLUMNS);
  const entries = Object.entries({ ...labels, [NAMESPACE_NAME_LABEL]: namespace });
  block.push('namespace', block.intern(namespace), 1, 0);
  for (const [key, value] of entries) {
    block.push('labelKeys', block.intern(key));
    block.push('labelValues', block.intern(value));
  }
  block.push('labelSetOffsets', 0, entries.length);
  return block.finish();
}
