import type { MessagePort } from 'node:worker_threads';
import type { IngestProgress } from '../messages.js';
import { CHUNK_WINDOW, type FromThread } from './protocol.js';

/** The thread's end of a task's port. */
export class TaskPort {
  #credits = CHUNK_WINDOW;
  #offset = 0;
  #onCredit: (() => void) | null = null;

  constructor(private readonly port: MessagePort) {
    // There is only one kind of message to a thread: a credit.
    port.on('message', () => {
      this.#credits++;
      this.#onCredit?.();
    });
  }

  started(): void {
    this.#post({ kind: 'started' });
  }

  progress(progress: IngestProgress): void {
    this.#post({ kind: 'progress', progress });
  }

  /** Hands over a chunk (its memory moves to the reader), once the reader has taken enough of those before. */
  async send(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    while (this.#credits === 0) {
      await new Promise<void>((resolve) => {
        this.#onCredit = resolve;
      });
    }
    this.#credits--;
    const offset = this.#offset;
    this.#offset += bytes.byteLength;
    this.port.postMessage({ kind: 'chunk', offset, bytes } satisfies FromThread, [bytes.buffer]);
  }

  #post(message: FromThread): void {
    this.port.postMessage(message);
  }
}
