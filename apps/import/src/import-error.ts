/** Nothing was stored, or nobody can say whether. The message is for people. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

/** Somebody stopped it. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
