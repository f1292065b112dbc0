import { pathToFileURL } from 'node:url';
import { programFile } from './programs.js';

/**
 * In tests the worker is built once, instead of by every thread for itself.
 * @public vitest.config.ts puts this file in the place of the pool's.
 */
export const WORKER_FILE = pathToFileURL(programFile('pool.worker'));
