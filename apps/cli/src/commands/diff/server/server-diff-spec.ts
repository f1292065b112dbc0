import type { OptionSpec } from '../../../options/command-spec.js';
import { SERVER_OPTIONS } from '../../../server/server-options.js';

/** Options of `portolan diff` that are about a server. */
export const SERVER_DIFF_OPTIONS: readonly OptionSpec[] = [
  ...SERVER_OPTIONS,
  { name: 'git-repository', value: 'NAME', about: 'with --server: where the change comes from' },
  { name: 'git-commit', value: 'ID', about: 'with --git-repository: the commit of head' },
  { name: 'git-ref', value: 'REF', about: 'with --git-repository: its branch' },
  { name: 'git-pull-request', value: 'N', about: 'with --git-repository: the change request' },
  { name: 'git-url', value: 'URL', about: 'with --git-repository: where to look at it' },
];
