import {
  assertUnreachable,
  type Caveat,
  type EndpointGrouping,
  type EndpointRef,
} from '@portolan/model';
import type { AllowedAccessRow } from './allowed-access-row.js';

/** Changes when a reader of the JSON document would have to. */
const FORMAT = 'portolan.allowed-access/v1';

/** What a document says besides its rows. */
export interface DocumentHead {
  readonly engineVersion: string;
  readonly groupBy: EndpointGrouping;
  /** Facts about the snapshot. */
  readonly about: Readonly<Record<string, string>>;
  readonly caveats: readonly Caveat[];
  /** How the engine names ends for people. */
  readonly nameOf: (end: EndpointRef) => string;
}

/**
 * One JSON object: `format`, `engineVersion`, `groupBy`, `snapshot`, `caveats`, `rows` (one a line) and, last, `rowCount`. A document
 * cut short does not parse.
 */
export function* writeJson(
  rows: Iterable<AllowedAccessRow>,
  head: Omit<DocumentHead, 'nameOf'>,
): Generator<string> {
  const { engineVersion, groupBy, about: snapshot, caveats } = head;
  const fields = JSON.stringify({ format: FORMAT, engineVersion, groupBy, snapshot, caveats });
  yield `${fields.slice(0, -1)},"rows":[`;
  let count = 0;
  for (const row of rows) {
    yield `${count === 0 ? '\n' : ',\n'}${JSON.stringify(rowFields(row))}`;
    count++;
  }
  yield `\n],"rowCount":${count}}\n`;
}

/** Traffic as exact ranges, both ends included. */
function rowFields({ source, destination, traffic }: AllowedAccessRow): object {
  return {
    source: endpointFields(source),
    destination: endpointFields(destination),
    traffic: traffic.map(({ protocol, from, to }) => ({ protocol, from, to })),
  };
}

/** Without `index`: positions in a snapshot mean nothing to readers of a file. */
function endpointFields(endpoint: EndpointRef): object {
  switch (endpoint.kind) {
    case 'workload': {
      const { kind, namespace, name, kindName } = endpoint;
      return { kind, namespace, name, workloadKind: kindName };
    }
    case 'pod':
    case 'service': {
      const { kind, namespace, name } = endpoint;
      return { kind, namespace, name };
    }
    case 'namespace': {
      const { kind, name } = endpoint;
      return { kind, name };
    }
    case 'selection': {
      const { kind, text, pods } = endpoint;
      return { kind, text, pods };
    }
    case 'hypothetical': {
      const { kind, text } = endpoint;
      return { kind, text };
    }
    case 'external': {
      const { kind, cidrs, includesInternet } = endpoint;
      return { kind, cidrs, includesInternet };
    }
    default:
      return assertUnreachable(endpoint);
  }
}
