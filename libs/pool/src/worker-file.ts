// From sources (tsx) the worker is TypeScript as well.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

/** What the threads of a WorkerPool run. */
export const WORKER_FILE = new URL(`./pool.worker.${extension}`, import.meta.url);
