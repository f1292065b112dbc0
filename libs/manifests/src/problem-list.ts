import type { Problem, ProblemSeverity } from '@portolan/model';
import { detachedText } from './objects/detached-text.js';

const BY_GRAVITY: readonly ProblemSeverity[] = ['ERROR', 'WARNING', 'INFO'];

/** How many problems there were at some time. */
export interface ProblemMark {
  readonly count: number;
  readonly kept: Readonly<Record<ProblemSeverity, number>>;
}

/** Problems up to a limit. When there are more, errors stay rather than warnings, and warnings rather than notes. */
export class ProblemList {
  readonly #kept: Record<ProblemSeverity, { order: number; problem: Problem }[]> = {
    ERROR: [],
    WARNING: [],
    INFO: [],
  };
  #count = 0;

  constructor(private readonly maxProblems: number) {}

  /** `order` is the place of the object in the input. */
  add(order: number, problem: Problem): void {
    this.#count++;
    const kept = this.#kept[problem.severity];
    if (kept.length < this.maxProblems) kept.push({ order, problem: shortened(problem) });
  }

  mark(): ProblemMark {
    const { ERROR, WARNING, INFO } = this.#kept;
    const kept = { ERROR: ERROR.length, WARNING: WARNING.length, INFO: INFO.length };
    return { count: this.#count, kept };
  }

  /** Forgets those that came since. */
  backTo({ count, kept }: ProblemMark): void {
    this.#count = count;
    for (const severity of BY_GRAVITY) this.#kept[severity].length = kept[severity];
  }

  /** In input order. */
  finish(): { problems: Problem[]; problemsOmitted: number } {
    const problems = BY_GRAVITY.flatMap((severity) => this.#kept[severity])
      .slice(0, this.maxProblems)
      .sort((a, b) => a.order - b.order)
      .map(({ problem }) => problem);
    return { problems, problemsOmitted: this.#count - problems.length };
  }
}

/** Characters of a text of a problem: what the input says may be of any length. */
const MAX_TEXT = 2_000;

function shortened(problem: Problem): Problem {
  const { kind, object, field, message, location } = problem;
  return {
    ...problem,
    message: cut(message),
    kind: kind === null ? null : detachedText(kind),
    object: object === null ? null : detachedText(object),
    field: field === null ? null : cut(field),
    location: { ...location, path: cut(location.path) },
  };
}

function cut(text: string): string {
  return detachedText(text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`);
}
