import type { IngestProgress } from '../../messages.js';
import type { ReviewedUpload, ReviewSide } from '../../review-messages.js';
import { sizeOf } from '../open-upload.js';

/** Milliseconds between two reports of one phase. */
const REPORT_INTERVAL_MS = 100;

/** Tells how far a review is, now and then, and at once when the phase changes. Every report restarts the task's clock. */
export class ReviewMeter {
  readonly #read = new Map<object, number>();
  #objects = 0;
  #reported: { readonly phase: string; readonly at: number } | null = null;

  private constructor(
    private readonly totalBytes: number,
    private readonly report: (progress: IngestProgress) => void,
  ) {}

  /** Begins with the size of all uploads. */
  static async of(
    sides: readonly ReviewSide[],
    report: (progress: IngestProgress) => void,
  ): Promise<ReviewMeter> {
    const uploads = sides.flatMap((side) => side.uploads);
    const sizes = await Promise.all(uploads.map(({ upload }) => sizeOf(upload)));
    const meter = new ReviewMeter(
      sizes.reduce((sum, size) => sum + size, 0),
      report,
    );
    meter.#tell('READ');
    return meter;
  }

  /** So many bytes of a spooled file have been read by now. */
  fileRead(upload: ReviewedUpload, bytes: number): void {
    this.#read.set(upload, bytes);
    this.#tell('READ');
  }

  /** So many bytes, unpacked, and objects of a side have been read by now. */
  read(side: ReviewSide, bytes: number, objects: number): void {
    this.#objects = objects;
    if (side.uploads.every(({ upload }) => upload.kind === 'files')) this.#read.set(side, bytes);
    this.#tell('READ');
  }

  building(): void {
    this.#tell('BUILD');
  }

  comparing(): void {
    this.#tell('COMPARE');
  }

  #tell(phase: IngestProgress['phase']): void {
    const now = performance.now();
    if (this.#reported?.phase === phase && now - this.#reported.at < REPORT_INTERVAL_MS) return;
    this.#reported = { phase, at: now };
    if (phase !== 'READ') {
      this.report({ phase, done: phase === 'BUILD' ? this.#objects : 0, total: null });
      return;
    }
    const bytes = [...this.#read.values()].reduce((sum, one) => sum + one, 0);
    this.report({ phase, done: Math.min(bytes, this.totalBytes), total: this.totalBytes });
  }
}
