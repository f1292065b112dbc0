import type { Writable } from 'node:stream';
import { pack } from 'tar-stream';

/** How long nothing may be sent: Portolan gives up an upload after 30 seconds (PORTOLAN_UPLOAD_IDLE_SECONDS). */
const LONGEST_SILENCE_MS = 5_000;

/** Writes files into a tar archive while they are made, and something harmless when none is for a while. */
export class ArchiveWriter {
  readonly #archive = pack();
  readonly #timer: NodeJS.Timeout;
  #isWriting = false;

  constructor(
    private readonly target: Writable,
    silenceMs = LONGEST_SILENCE_MS,
  ) {
    // The target's end is what counts.
    this.#archive.on('error', () => undefined);
    this.#archive.pipe(target);
    this.#timer = setInterval(() => this.#breathe(), silenceMs);
  }

  /** Resolves when there is room for more; rejects when `signal` is aborted first. */
  async write(path: string, content: Buffer, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#isWriting = true;
    let stop: () => void = () => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        stop = () => reject(signal.reason as Error);
        signal.addEventListener('abort', stop);
        this.#archive.entry({ name: path }, content, (error) => {
          if (error) reject(error);
          else resolve();
        });
      });
    } finally {
      signal.removeEventListener('abort', stop);
      this.#isWriting = false;
    }
  }

  /** Writes the end of the archive, and ends the target. */
  finish(): void {
    clearInterval(this.#timer);
    this.#archive.finalize();
  }

  /** Leaves the archive without an end, and breaks off the target. */
  abandon(): void {
    clearInterval(this.#timer);
    // First of all the target: nothing may take the end of the archive for the end of the body.
    this.target.destroy();
    this.#archive.destroy();
  }

  /** Folders are passed over by who reads the archive. */
  #breathe(): void {
    if (this.#isWriting || this.target.destroyed) return;
    this.#archive.entry({ name: 'waiting/', type: 'directory' });
  }
}
