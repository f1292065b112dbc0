import type { OptionSpec } from '../../../options/command-spec.js';
import { GIT_OPTIONS } from '../../../server/git-options.js';
import { SERVER_OPTIONS } from '../../../server/server-options.js';

/** Options of `portolan diff` that are about a server. */
export const SERVER_DIFF_OPTIONS: readonly OptionSpec[] = [...SERVER_OPTIONS, ...GIT_OPTIONS];
