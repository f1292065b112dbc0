/** The bytes of the upload could not be had: the caller's failure, not a fault of the input. */
export class SourceFailure extends Error {}

/** Marks failures of the source, so that they are told apart from damage in what it delivers. */
export async function* watched(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw new SourceFailure('the upload broke off', { cause: error });
  }
}

/** Whether an archive turned out to be damaged while it was read. */
export class Damage {
  isFound = false;

  /** Passes chunks on up to the damage. */
  async *until<T>(chunks: AsyncIterable<T>): AsyncGenerator<T> {
    try {
      yield* chunks;
    } catch (error) {
      if (error instanceof SourceFailure) throw error;
      this.isFound = true;
    }
  }
}
