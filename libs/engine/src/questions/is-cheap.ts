import type { CanReachQuestion, EndpointSelection, PeersQuestion } from '@portolan/model';
import type { Analysis } from '../analysis.js';
import { isResolved, resolveEndpoint } from './resolve-endpoint.js';

/** Classes of an endpoint up to which a question takes well under a millisecond of the serving thread. */
const CHEAP_CLASSES = 32;

/** Whether a question may be answered at once on the serving thread; others belong into a worker. */
export function isCheap(analysis: Analysis, question: PeersQuestion | CanReachQuestion): boolean {
  const ends = 'endpoint' in question ? [question.endpoint] : [question.from, question.to];
  return ends.every((end) => isSmall(analysis, end));
}

function isSmall(analysis: Analysis, selection: EndpointSelection): boolean {
  switch (selection.kind) {
    case 'pod':
    case 'internet':
      return true;
    case 'workload':
    case 'namespace': {
      const endpoint = resolveEndpoint(analysis, selection);
      return !isResolved(endpoint) || endpoint.classes.length <= CHEAP_CLASSES;
    }
    // These look at every pod of the snapshot.
    case 'selector':
    case 'cidr':
      return analysis.view.podCount <= CHEAP_PODS;
  }
}

/** Pods that may be walked at once. */
const CHEAP_PODS = 5_000;
