import type { GitContext } from '@portolan/client';
import type { OptionSpec } from '../options/command-spec.js';
import type { CommandLine } from '../options/parse-command.js';

/** Options that say where manifests come from, to a server. */
export const GIT_OPTIONS: readonly OptionSpec[] = [
  { name: 'git-repository', value: 'NAME', about: 'with --server: where the manifests come from' },
  { name: 'git-commit', value: 'ID', about: 'with --git-repository: their commit, in full' },
  { name: 'git-ref', value: 'REF', about: 'with --git-repository: its branch' },
  { name: 'git-pull-request', value: 'N', about: 'with --git-repository: the change request' },
  { name: 'git-url', value: 'URL', about: 'with --git-repository: where to look at it' },
];

/** Where manifests come from; null when nobody says. What is wrong with it the server says. @throws UsageError */
export function readGit(line: CommandLine): GitContext | null {
  const repository = line.one('git-repository');
  if (repository !== null)
    return {
      repository,
      commit: line.one('git-commit'),
      ref: line.one('git-ref'),
      pullRequest: line.number('git-pull-request', 1, Number.MAX_SAFE_INTEGER),
      url: line.one('git-url'),
    };
  const stray = ['commit', 'ref', 'pull-request', 'url'].find((name) => line.has(`git-${name}`));
  if (stray !== undefined) throw line.wrong(`--git-${stray} needs --git-repository`);
  return null;
}
