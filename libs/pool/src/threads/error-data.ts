/** An error as plain data. Structured cloning would keep the name of built-in errors only, and no `code`. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly stack: string | null;
  readonly code: string | number | null;
}

/** What of a thrown value crosses to another thread. */
export function errorData(thrown: unknown): ErrorData {
  if (!(thrown instanceof Error)) {
    return { name: 'Error', message: `thrown: ${String(thrown)}`, stack: null, code: null };
  }
  const { name, message, stack } = thrown;
  const code: unknown = 'code' in thrown ? thrown.code : null;
  const isCode = typeof code === 'string' || typeof code === 'number';
  return { name, message, stack: stack ?? null, code: isCode ? code : null };
}

/** The error that `errorData` described, with its name, message, stack and code. */
export function errorFrom({ name, message, stack, code }: ErrorData): Error {
  const error = new Error(message);
  error.name = name;
  if (stack !== null) error.stack = stack;
  return code === null ? error : Object.assign(error, { code });
}
