import { type Caveat, type EndpointRef, formatTraffic } from '@portolan/model';
import { plainText } from '../text/plain-text.js';
import type { AllowedAccessRow } from './allowed-access-row.js';

/** A line for each row, for a terminal; what it rests on comes last. */
export function* writeText(
  rows: Iterable<AllowedAccessRow>,
  caveats: readonly Caveat[],
  nameOf: (end: EndpointRef) => string,
): Generator<string> {
  for (const { source, destination, traffic } of rows)
    yield `${plainText(`${nameOf(source)} → ${nameOf(destination)}: ${formatTraffic(traffic)}`)}\n`;
  yield '\nWhat this could not see\n';
  for (const { code, message } of caveats) yield `  ${code}: ${plainText(message)}\n`;
}
