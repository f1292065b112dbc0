import type { Answer } from './send.js';

/** Problems of the input that a message lists. */
const LISTED = 20;

/** What a server says about a request that failed (RFC 9457, with our code), or what a proxy in front of it may have said. */
export function problemText({ status, text }: Pick<Answer, 'status' | 'text'>): string {
  const { code, detail, problems = [], problemCount } = fieldsOf(text);
  const said = [code, detail].filter((part) => typeof part === 'string').join(': ');
  const hint = said === '' && status === 401 ? 'it wants a token that it knows' : said;
  const lines = Array.isArray(problems) ? problems.slice(0, LISTED).map(lineOf) : [];
  const more = typeof problemCount === 'number' ? problemCount - lines.length : 0;
  return [
    `it answers ${status}${hint === '' ? '' : `, ${hint}`}`,
    ...lines,
    ...(more > 0 && lines.length > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}

interface ProblemFields {
  readonly code?: unknown;
  readonly detail?: unknown;
  readonly problems?: unknown;
  readonly problemCount?: unknown;
}

function fieldsOf(text: string): ProblemFields {
  const value = jsonOf(text);
  return typeof value === 'object' && value !== null ? value : {};
}

/** A JSON value; null for what is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

interface ListedProblem {
  readonly object?: unknown;
  readonly message?: unknown;
  readonly location?: { readonly path?: unknown; readonly startLine?: unknown } | null;
}

/** `  deploy/web.yaml:3: shop/web: there is no field …`. */
function lineOf(problem: unknown): string {
  const { object, message, location } = (problem ?? {}) as ListedProblem;
  const where = [location?.path, location?.startLine].map(wordOf).join(':');
  return `  ${[where, object, message]
    .filter((part) => part !== null && part !== undefined)
    .map(wordOf)
    .join(': ')}`;
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
}
