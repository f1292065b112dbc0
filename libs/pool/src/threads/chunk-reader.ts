import type { MessageFromTask } from './attempt.js';

/**
 * The reader's end of a streamed document. Each chunk taken gives the thread one credit, so at most CHUNK_WINDOW chunks
 * wait here. When a thread died and its task began again, the bytes already received are left out: equal tasks write
 * equal documents.
 */
export class ChunkReader {
  readonly #chunks: { readonly bytes: Uint8Array; readonly acknowledge: () => void }[] = [];
  #received = 0;
  #end: 'open' | 'complete' | { readonly error: unknown } = 'open';
  #wake: (() => void) | null = null;

  receive({ message, reply }: MessageFromTask): void {
    if (message.kind !== 'chunk') return;
    const known = this.#received - message.offset;
    const acknowledge = (): void => reply({ kind: 'credit' });
    if (known >= message.bytes.byteLength) {
      acknowledge();
      return;
    }
    this.#received = message.offset + message.bytes.byteLength;
    this.#chunks.push({ bytes: message.bytes.subarray(Math.max(0, known)), acknowledge });
    this.#wake?.();
  }

  end(): void {
    this.#end = 'complete';
    this.#wake?.();
  }

  /** What came before the failure can still be read. */
  fail(error: unknown): void {
    this.#end = { error };
    this.#wake?.();
  }

  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const next = this.#chunks.shift();
      if (next !== undefined) {
        yield next.bytes;
        // The reader came back for more, so it is done with this one.
        next.acknowledge();
      } else if (this.#end === 'open') {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      } else if (this.#end === 'complete') {
        return;
      } else {
        throw this.#end.error;
      }
    }
  }
}
