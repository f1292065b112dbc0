import type { IngestProgress } from '../messages.js';

/** Milliseconds between two reports of one phase. */
const REPORT_INTERVAL_MS = 100;

/** Counts what an ingestion has done, and reports it now and then, and at once when the phase changes. */
export class IngestMeter {
  #bytes = 0;
  #objects = 0;
  #reported: { readonly phase: IngestProgress['phase']; readonly at: number } | null = null;

  constructor(
    private readonly totalBytes: number,
    private readonly report: (progress: IngestProgress) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Says that the upload waits no more. */
  begin(): void {
    this.#tell();
  }

  /** So many bytes of the upload have been read by now. */
  bytesRead(bytes: number): void {
    this.#bytes = bytes;
    this.#tell();
  }

  /** So many objects have been found by now. */
  objectsFound(objects: number): void {
    this.#objects = objects;
    this.#tell();
  }

  #tell(): void {
    const phase = this.#bytes < this.totalBytes ? 'READ' : 'BUILD';
    const now = this.now();
    const last = this.#reported;
    if (last?.phase === phase && now - last.at < REPORT_INTERVAL_MS) return;
    this.#reported = { phase, at: now };
    const isReading = phase === 'READ';
    this.report({
      phase,
      done: isReading ? this.#bytes : this.#objects,
      total: isReading ? this.totalBytes : null,
    });
  }
}
