import type { EndpointRef, TrafficSet } from '@portolan/model';
import { ALL_TRAFFIC } from '@portolan/model';
import type { OpenedAccess } from '../access-facts.js';
import type { EndMatch, AccessException } from './review-exception.js';

/** A workload: `shop/web`. */
export function workload(text: string): EndpointRef {
  const [namespace = '', name = ''] = text.split('/');
  return {
    kind: 'workload',
    index: 0,
    namespace,
    name,
    workloadKind: 'DEPLOYMENT',
    kindName: 'Deployment',
  };
}

/** Addresses outside the cluster. */
export function addresses(...cidrs: readonly string[]): EndpointRef {
  return { kind: 'external', cidrs, includesInternet: true };
}

/** TCP ports from one to another. */
export function tcp(from: number, to = from): TrafficSet {
  return [{ protocol: 'TCP', from, to }];
}

/** Opened access. */
export function access(
  source: EndpointRef,
  destination: EndpointRef,
  traffic: TrafficSet,
): OpenedAccess {
  return { source, destination, traffic };
}

/** A workload as an end of an exception. */
export function onlyWorkload(text: string): EndMatch {
  const [namespace = '', name = ''] = text.split('/');
  return { is: 'workload', namespace, name, kind: null };
}

/** An exception for everything between two ends that holds for long, but for what is given. */
export function exception(
  from: EndMatch,
  to: EndMatch,
  fields: Partial<AccessException> = {},
): AccessException {
  return {
    id: 'one',
    from,
    to,
    traffic: ALL_TRAFFIC,
    reason: 'SEC-1',
    expires: '2099-12-31',
    path: 'exceptions.yaml',
    line: 3,
    ...fields,
  };
}
