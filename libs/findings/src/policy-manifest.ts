import {
  type Direction,
  formatSelector,
  type LabelSelector,
  type PolicyPeer,
  type PolicyPort,
} from '@portolan/model';

/** Names of `policyTypes` as they are written. */
export function typesAsWritten(directions: readonly Direction[]): string[] {
  return directions.map((direction) => (direction === 'INGRESS' ? 'Ingress' : 'Egress'));
}

/** An entry of `ports` of a NetworkPolicy as it may be written. */
export function portAsWritten({ protocol, port, endPort }: PolicyPort): Record<string, unknown> {
  return {
    ...(protocol === null ? {} : { protocol }),
    ...(port === null ? {} : { port }),
    ...(endPort === null ? {} : { endPort }),
  };
}

/** A peer of a NetworkPolicy as it may be written; null for a peer of another kind of policy. */
export function peerAsWritten(peer: PolicyPeer): Record<string, unknown> | null {
  switch (peer.kind) {
    case 'pods':
      return {
        ...(peer.namespaceSelector === null
          ? {}
          : { namespaceSelector: selectorAsWritten(peer.namespaceSelector) }),
        ...(peer.namespaceSelector !== null && peer.podSelector.length === 0
          ? {}
          : { podSelector: selectorAsWritten(peer.podSelector) }),
      };
    case 'networks':
      return {
        ipBlock: {
          cidr: peer.cidrs[0],
          ...(peer.except.length === 0 ? {} : { except: peer.except }),
        },
      };
    case 'nodes':
    case 'domainNames':
    case 'unknown':
      return null;
  }
}

function selectorAsWritten(selector: LabelSelector): Record<string, unknown> {
  if (selector.length === 0) return {};
  const isPlain = selector.every(
    ({ operator, values }) => operator === 'In' && values.length === 1,
  );
  if (isPlain && new Set(selector.map(({ key }) => key)).size === selector.length)
    return { matchLabels: Object.fromEntries(selector.map(({ key, values }) => [key, values[0]])) };
  return {
    matchExpressions: selector.map(({ key, operator, values }) => ({
      key,
      operator,
      ...(values.length === 0 ? {} : { values }),
    })),
  };
}

/** Names a peer for people: `pods with app=web`, `10.0.0.0/8`. */
export function peerText(peer: PolicyPeer): string {
  switch (peer.kind) {
    case 'pods': {
      const { namespaceSelector, podSelector } = peer;
      const pods =
        podSelector.length === 0 ? 'all pods' : `pods with ${formatSelector(podSelector)}`;
      if (namespaceSelector === null) return `${pods} of its namespace`;
      return namespaceSelector.length === 0
        ? `${pods} of every namespace`
        : `${pods} of namespaces with ${formatSelector(namespaceSelector)}`;
    }
    case 'networks':
      return peer.cidrs.join(', ') + (peer.except.length === 0 ? '' : ' with exceptions');
    case 'nodes':
      return 'nodes';
    case 'domainNames':
      return peer.names.join(', ');
    case 'unknown':
      return 'unknown peers';
  }
}

/** Names an entry of `ports` for people: `TCP 80-90`, `UDP`. */
export function portText({ protocol, port, endPort }: PolicyPort): string {
  const range = endPort === null ? port : `${String(port)}-${String(endPort)}`;
  return [protocol, range].filter((part) => part !== null).join(' ');
}

/** Plain data as YAML of one line. */
export function flowYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowYaml).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalarYaml(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, one]) => `${scalarYaml(key)}: ${flowYaml(one)}`).join(', ')} }`;
}

/** Text that YAML could read as something else is quoted. */
function scalarYaml(value: unknown): string {
  const isPlain =
    typeof value === 'string' &&
    /^[A-Za-z][\w./-]*$/.test(value) &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}
