import { laneCaps } from './threads/admission.js';

/** How many jobs a pool of so many threads can begin at once: ingestions and reviews together, and reviews among them. */
export function jobSlots(threads: number): { readonly all: number; readonly reviews: number } {
  const { ingest, bulk } = laneCaps(threads);
  return { all: ingest, reviews: bulk };
}
