import {
  type AccessAssertion,
  type AssertedEnd,
  assertUnreachable,
  formatSelector,
  MAX_PORT,
  MIN_PORT,
  type TrafficQuery,
} from '@portolan/model';

/** An assertion in words: `data/db is only reachable from shop/api: TCP 5432`. */
export function assertionText({ kind, from, to, traffic }: AccessAssertion): string {
  const [source, destination] = [from, to].map((ends) => ends.map(endText).join(', '));
  const what = trafficText(traffic);
  switch (kind) {
    case 'MUST_REACH':
      return `${source} must reach ${destination}: ${what}`;
    case 'MUST_NOT_REACH':
      return `${source} must not reach ${destination}: ${what}`;
    case 'ONLY_REACHABLE_FROM':
      return `${destination} is only reachable from ${source}: ${what}`;
    case 'MAY_ONLY_REACH':
      return `${source} may only reach ${destination}: ${what}`;
    case 'MUST_BE_ISOLATED':
      return `${destination} must be isolated in both directions`;
    default:
      return assertUnreachable(kind);
  }
}

/** What an end means, in words. */
export function endText(end: AssertedEnd): string {
  switch (end.is) {
    case 'workload':
      return `${end.namespace}/${end.name}${end.kind === null ? '' : ` (${end.kind})`}`;
    case 'namespace':
      return `namespace ${end.name}`;
    case 'pods': {
      const pods = end.pods.length === 0 ? 'all pods' : `pods with ${formatSelector(end.pods)}`;
      if (end.namespaces === null || end.namespaces.length === 0) return pods;
      return `${pods} of namespaces with ${formatSelector(end.namespaces)}`;
    }
    case 'addresses':
      return end.cidrs.join(', ');
    case 'internet':
      return 'the internet';
  }
}

function trafficText({ protocol, port, endPort, portName }: TrafficQuery): string {
  if (protocol === null) return 'all traffic';
  if (portName !== null) return `${protocol} ${portName}`;
  if (port === null || (port === MIN_PORT && endPort === MAX_PORT)) return `${protocol} all`;
  return endPort === null || endPort === port
    ? `${protocol} ${port}`
    : `${protocol} ${port}-${endPort}`;
}
