import { Analysis } from '@portolan/engine';
import type { NumberedIndex } from './numbered-index.js';

/** Enough for a diff and a question beside it. What an analysis remembers may grow to the size of its index. */
const MAX_ANALYSES = 3;

/** The analyses that a thread keeps, so that the next question about an index finds its memo tables. */
export class AnalysisCache {
  /** From the least to the most recently used. */
  readonly #analyses = new Map<number, Analysis>();

  get({ id, index }: NumberedIndex): Analysis {
    const analysis = this.#analyses.get(id) ?? new Analysis(index);
    this.#analyses.delete(id);
    this.#analyses.set(id, analysis);
    const [oldest] = this.#analyses.keys();
    if (oldest !== undefined && this.#analyses.size > MAX_ANALYSES) this.#analyses.delete(oldest);
    return analysis;
  }
}
