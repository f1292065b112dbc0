import { type EndpointGrouping, GROUPINGS } from '@portolan/model';
import { ACCESS_FORMATS, type AccessFormat } from '@portolan/report';
import { BadQuestionError } from '../errors/bad-question.error.js';

/** The query string, as it came: a parameter given twice is a list. */
export interface ExportQuery {
  readonly format?: unknown;
  readonly groupBy?: unknown;
  readonly assumeEnforced?: unknown;
}

/** What is to be exported. */
export interface WantedExport {
  readonly format: AccessFormat;
  readonly groupBy: EndpointGrouping;
  /** As if policies were enforced, also where nothing enforces them. */
  readonly assumeEnforced: boolean;
}

/**
 * Reads `format` (default json), `groupBy` (default WORKLOAD) and `assumeEnforced` (default false), upper and lower case
 * alike.
 * @throws BadQuestionError INVALID for a value that is none of the known.
 */
export function readExportQuery({ format, groupBy, assumeEnforced }: ExportQuery): WantedExport {
  return {
    format: readOneOf(ACCESS_FORMATS, 'format', format) ?? 'json',
    groupBy: readOneOf(GROUPINGS, 'groupBy', groupBy) ?? 'WORKLOAD',
    assumeEnforced: readOneOf(BOOLEANS, 'assumeEnforced', assumeEnforced) === 'true',
  };
}

const BOOLEANS = ['false', 'true'] as const;

function readOneOf<Value extends string>(
  values: readonly Value[],
  argument: string,
  given: unknown,
): Value | null {
  if (given === undefined) return null;
  const text = typeof given === 'string' ? given.toLowerCase() : null;
  const found = values.find((value) => value.toLowerCase() === text);
  if (found !== undefined) return found;
  throw new BadQuestionError({
    code: 'INVALID',
    argument,
    message: `\`${argument}\` must be one of ${values.join(', ')}`,
  });
}
