import type { CanReachQuestion, EndpointSelection, PeersQuestion } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { groupOf } from '../sets/grouped.js';

/** Classes of an endpoint up to which a question takes well under a millisecond of the serving thread. */
const CHEAP_CLASSES = 32;

/** Whether a question may be answered at once on the serving thread; others belong into a worker. */
export function isCheap(analysis: Analysis, question: PeersQuestion | CanReachQuestion): boolean {
  if ('peers' in question && question.peers.hypothetical) return false;
  const ends = 'endpoint' in question ? [question.endpoint] : [question.from, question.to];
  return ends.every((end) => isSmall(analysis, end));
}

function isSmall({ view, index }: Analysis, selection: EndpointSelection): boolean {
  const { firstOfNamespace } = index.classes;
  const hasFewClasses = (namespace: number): boolean =>
    firstOfNamespace[namespace + 1]! - firstOfNamespace[namespace]! <= CHEAP_CLASSES;
  switch (selection.kind) {
    case 'pod':
    case 'internet':
      return true;
    case 'workload':
      return view
        .findWorkloads(selection.namespace, selection.name)
        .every((one) => groupOf(index.classes.ofWorkload, one).length <= CHEAP_CLASSES);
    case 'namespace': {
      const namespace = view.findNamespace(selection.name);
      return namespace < 0 || hasFewClasses(namespace);
    }
    case 'service': {
      const namespace = view.findNamespace(selection.namespace);
      const service = view.services.find(namespace, selection.name);
      if (service < 0) return true;
      // The addresses behind a Service without selector are looked for among all pods.
      const pods =
        view.services.at(service).spec.selector === null
          ? view.podCount
          : view.firstPod(namespace + 1) - view.firstPod(namespace);
      return pods <= CHEAP_PODS && hasFewClasses(namespace);
    }
    // An index is built for it.
    case 'hypotheticalPod':
      return false;
    // These look at every pod of the snapshot.
    case 'selector':
    case 'cidr':
      return view.podCount <= CHEAP_PODS;
  }
}

/** Pods that may be walked at once. */
const CHEAP_PODS = 5_000;
