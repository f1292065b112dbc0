/**
 * What is wrong with a question:
 * NOT_FOUND: it names something that the snapshot does not have; INVALID: it cannot be asked like this;
 * PAGE_SIZE: `first` is out of bounds; CURSOR: `after` is no cursor of ours.
 */
export type BadQuestionCode = 'NOT_FOUND' | 'INVALID' | 'PAGE_SIZE' | 'CURSOR';

/** What a caller is told about a question that cannot be answered. */
export interface BadQuestion {
  readonly code: BadQuestionCode;
  /** For people. */
  readonly message: string;
  /** The argument at fault, for example `target` or `first`; null when it is the question as a whole. */
  readonly argument: string | null;
}

/**
 * A question that cannot be answered as it was asked. The caller's mistake, never ours: it becomes a top-level error
 * with the code BAD_USER_INPUT, and `reason` and `argument` in its extensions.
 */
export class BadQuestionError extends Error implements BadQuestion {
  override readonly name = 'BadQuestionError';
  readonly code: BadQuestionCode;
  readonly argument: string | null;

  constructor({ code, message, argument }: BadQuestion) {
    super(message);
    this.code = code;
    this.argument = argument;
  }
}
