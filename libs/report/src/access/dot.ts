import { assertUnreachable, type Caveat, type EndpointRef, formatTraffic } from '@portolan/model';
import { dotComment, dotText } from '../text/dot-text.js';
import type { AllowedAccessRow } from './allowed-access-row.js';

/**
 * A Graphviz graph: a node for each endpoint, stated before its first edge, and an edge for each row. Nodes are numbered
 * (`n1`), so that nothing depends on what names contain. Comments before it say what it rests on.
 */
export function* writeDot(
  rows: Iterable<AllowedAccessRow>,
  caveats: readonly Caveat[],
): Generator<string> {
  for (const { code, message } of caveats) yield dotComment(`${code}: ${message}`);
  yield 'digraph "allowed access" {\n  rankdir=LR;\n  node [shape=box];\n';
  const nodes = new Map<string, string>();
  for (const { source, destination, traffic } of rows) {
    const ends: string[] = [];
    for (const endpoint of [source, destination]) {
      const key = identity(endpoint);
      const known = nodes.get(key);
      const node = known ?? `n${nodes.size + 1}`;
      if (known === undefined) yield nodeStatement(node, endpoint);
      nodes.set(key, node);
      ends.push(node);
    }
    yield `  ${ends.join(' -> ')} [label=${dotText(formatTraffic(traffic))}];\n`;
  }
  yield '}\n';
}

function nodeStatement(node: string, endpoint: EndpointRef): string {
  const shape = endpoint.kind === 'external' ? ', shape=ellipse' : '';
  return `  ${node} [label=${dotText(label(endpoint))}${shape}];\n`;
}

/** Equal for equal endpoints of one export. */
function identity(endpoint: EndpointRef): string {
  switch (endpoint.kind) {
    case 'workload':
    case 'pod':
    case 'service':
    case 'namespace':
      return `${endpoint.kind} ${endpoint.index}`;
    case 'selection':
    case 'hypothetical':
    case 'external':
      return `${endpoint.kind} ${label(endpoint)}`;
    default:
      return assertUnreachable(endpoint);
  }
}

function label(endpoint: EndpointRef): string {
  switch (endpoint.kind) {
    case 'workload':
      return `${endpoint.namespace}/${endpoint.name}\n${endpoint.kindName}`;
    case 'pod':
    case 'service':
      return `${endpoint.namespace}/${endpoint.name}`;
    case 'namespace':
      return endpoint.name;
    case 'selection':
    case 'hypothetical':
      return endpoint.text;
    case 'external':
      return [...(endpoint.includesInternet ? ['internet'] : []), ...endpoint.cidrs].join('\n');
    default:
      return assertUnreachable(endpoint);
  }
}
