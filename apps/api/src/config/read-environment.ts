import type { Config } from './config.js';
import { readConfig } from './read-config.js';

/**
 * The configuration of this process. The only place that reads its environment.
 * @throws ConfigError
 */
export function readEnvironment(): Config {
  return readConfig(process.env);
}
