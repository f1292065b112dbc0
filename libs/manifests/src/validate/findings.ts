import type { ProblemCode, ProblemSeverity } from '@portolan/model';
import type { Path } from '../documents/line-map.js';

/** Something about a field of an object. */
export interface Finding {
  readonly code: ProblemCode;
  readonly severity: ProblemSeverity;
  readonly path: Path;
  readonly message: string;
}

/** What is found in one object. */
export class Findings {
  readonly #list: Finding[] = [];

  get list(): readonly Finding[] {
    return this.#list;
  }

  /** Whether the object must be left out. */
  get isRejected(): boolean {
    return this.#list.some(({ severity }) => severity === 'ERROR');
  }

  /** The API server would not take the object because of this field. */
  reject(path: Path, message: string, code: ProblemCode = 'INVALID_OBJECT'): void {
    this.#list.push({ code, severity: 'ERROR', path, message });
  }

  /** Worth knowing; the object is taken. */
  note(
    path: Path,
    message: string,
    code: ProblemCode,
    severity: Exclude<ProblemSeverity, 'ERROR'> = 'INFO',
  ): void {
    this.#list.push({ code, severity, path, message });
  }
}

/** A JSON path: `spec.ingress[0].from[1]`, `metadata.labels["kubernetes.io/metadata.name"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${text}[${JSON.stringify(shortened(key))}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** Text of the user in a message, in quotes and not longer than a line. */
export function quoted(text: string): string {
  return JSON.stringify(shortened(text));
}

const LONGEST_QUOTE = 80;

function shortened(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
