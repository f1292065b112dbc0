import type { ImportOptions } from './import-options.js';
import { readOptions } from './read-options.js';

/**
 * The command line and the environment of this process. The only place that reads them.
 * @throws UsageError
 */
export function readCommand(): ImportOptions | null {
  return readOptions(process.argv.slice(2), process.env);
}
