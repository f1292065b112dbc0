import { type AccessChange, type EndpointRef, parseCidr, type TrafficSet } from '@portolan/model';
import { hasPublicAddress } from '@portolan/engine';

/** What was opened between two ends, or the part of it that no exception covers. */
export interface OpenedAccess {
  readonly source: EndpointRef;
  readonly destination: EndpointRef;
  readonly traffic: TrafficSet;
}

/** What a change opens, as far as its ends are concerned; null when it opens nothing. */
export function openedAccess({ source, destination, opened }: AccessChange): OpenedAccess | null {
  return opened.length === 0
    ? null
    : { source: source.ref, destination: destination.ref, traffic: opened };
}

/** Whether addresses of the internet may newly open connections to pods. */
export function isInternetIngress({ source }: OpenedAccess): boolean {
  return isInternet(source);
}

/** Whether pods may newly open connections to addresses of the internet. */
export function isInternetEgress({ destination }: OpenedAccess): boolean {
  return isInternet(destination);
}

/** Whether it leads from one namespace to another. */
export function isCrossNamespace({ source, destination }: OpenedAccess): boolean {
  return (
    source.kind === 'workload' &&
    destination.kind === 'workload' &&
    source.namespace !== destination.namespace
  );
}

function isInternet(ref: EndpointRef): boolean {
  return ref.kind === 'external' && ref.cidrs.some((cidr) => hasPublicAddress(parseCidr(cidr)));
}

/** Names a workload in every snapshot: `Deployment shop/web`. Addresses have their networks for a name. */
export function stableName(ref: EndpointRef): string {
  switch (ref.kind) {
    case 'workload':
      return `${ref.kindName} ${ref.namespace}/${ref.name}`;
    case 'pod':
      return `Pod ${ref.namespace}/${ref.name}`;
    case 'service':
      return `Service ${ref.namespace}/${ref.name}`;
    case 'namespace':
      return `Namespace ${ref.name}`;
    case 'selection':
    case 'hypothetical':
      return ref.text;
    case 'external':
      return ref.cidrs.join(' ');
  }
}
