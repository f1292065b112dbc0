import { assertUnreachable, type EndpointRef } from '@portolan/model';
import { csvLine } from '../text/csv-line.js';
import type { AllowedAccessRow } from './allowed-access-row.js';

const ENDPOINT_COLUMNS = ['kind', 'namespace', 'name', 'workload_kind', 'cidrs'] as const;

const COLUMNS = [
  ...ENDPOINT_COLUMNS.map((column) => `source_${column}`),
  ...ENDPOINT_COLUMNS.map((column) => `destination_${column}`),
  'protocol',
  'from_port',
  'to_port',
];

/** RFC 4180: header, CRLF, quotes where needed. One line for each range of ports, both ends included. */
export function* writeCsv(rows: Iterable<AllowedAccessRow>): Generator<string> {
  yield csvLine(COLUMNS);
  for (const { source, destination, traffic } of rows) {
    const endpoints = [...endpointCells(source), ...endpointCells(destination)];
    for (const { protocol, from, to } of traffic) {
      yield csvLine([...endpoints, protocol, String(from), String(to)]);
    }
  }
}

/** Cells of ENDPOINT_COLUMNS. Several CIDRs share a cell, with spaces between them. */
function endpointCells(endpoint: EndpointRef): readonly string[] {
  switch (endpoint.kind) {
    case 'workload':
      return ['workload', endpoint.namespace, endpoint.name, endpoint.kindName, ''];
    case 'pod':
    case 'service':
      return [endpoint.kind, endpoint.namespace, endpoint.name, '', ''];
    case 'namespace':
      return ['namespace', endpoint.name, endpoint.name, '', ''];
    case 'selection':
    case 'hypothetical':
      return [endpoint.kind, '', endpoint.text, '', ''];
    case 'external': {
      const name = endpoint.includesInternet ? 'internet' : '';
      return ['external', '', name, '', endpoint.cidrs.join(' ')];
    }
    default:
      return assertUnreachable(endpoint);
  }
}
