import type { UserError } from '../errors/user-error.js';
import { parseDateTime } from '../scalars/date-time.scalar.js';
import { CompletenessEnum } from '../snapshots/completeness.enum.js';
import { DEFAULT_PATH } from './ingest-request.js';
import { DEFAULT_WAIT_SECONDS, MAX_PATH_LENGTH } from './upload-limits.js';
import { GIT_PARAMETERS, readQueryGit } from './read-query-git.js';
import type { SaidOptions } from './upload-options.js';

/** What is said about a REST upload in its address and headers. */
export interface QueryOptions {
  readonly said: SaidOptions;
  /** Names the body in locations. */
  readonly path: string;
}

const KNOWN: ReadonlySet<string> = new Set([
  'completeness',
  'strict',
  'waitSeconds',
  'takenAt',
  'idempotencyKey',
  'path',
  ...GIT_PARAMETERS,
]);

/** Reads query parameters, or says everything that is wrong with them. A parameter that is not known may be a typing error. */
export function readQueryOptions(
  query: URLSearchParams,
  idempotencyHeader: string | undefined,
): QueryOptions | readonly UserError[] {
  const errors: UserError[] = [...query.keys()]
    .filter((name) => !KNOWN.has(name))
    .map((name) =>
      invalid(name, `There is no parameter ${name}; known are ${[...KNOWN].join(', ')}`),
    );
  const read = <Value>(
    name: string,
    fallback: Value,
    parse: (text: string) => Value | null,
    wanted: string,
  ): Value | null => {
    const text = query.get(name);
    const value = text === null ? fallback : parse(text);
    if (value === null) errors.push(invalid(name, `${name} must be ${wanted}`));
    return value;
  };
  const completeness = read('completeness', 'PARTIAL', toCompleteness, 'COMPLETE or PARTIAL');
  const strict = read('strict', false, toBoolean, 'true or false');
  const waitSeconds = read('waitSeconds', DEFAULT_WAIT_SECONDS, toNumber, 'a number');
  const takenAt = query.has('takenAt')
    ? read('takenAt', null, parseDateTime, 'a time such as 2026-03-01T12:00:00Z')
    : null;
  const path = read('path', DEFAULT_PATH, toPath, `1 to ${MAX_PATH_LENGTH} characters long`);
  const { git, errors: gitErrors } = readQueryGit(query);
  errors.push(...gitErrors);
  const idempotencyKey = query.get('idempotencyKey') ?? idempotencyHeader ?? null;
  if (
    completeness === null ||
    strict === null ||
    waitSeconds === null ||
    path === null ||
    errors.length > 0
  ) {
    return errors;
  }
  return { said: { completeness, strict, waitSeconds, takenAt, git, idempotencyKey }, path };
}

function invalid(name: string, message: string): UserError {
  return { code: 'INVALID', message, field: [name] };
}

function toCompleteness(text: string): keyof typeof CompletenessEnum | null {
  const value = text.toUpperCase();
  return value in CompletenessEnum ? (value as keyof typeof CompletenessEnum) : null;
}

function toBoolean(text: string): boolean | null {
  if (text === 'true' || text === 'false') return text === 'true';
  return null;
}

function toNumber(text: string): number | null {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

function toPath(text: string): string | null {
  return text.length > 0 && text.length <= MAX_PATH_LENGTH ? text : null;
}
