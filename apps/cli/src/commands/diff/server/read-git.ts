import type { GitContext } from '@portolan/client';
import type { CommandLine } from '../../../options/parse-command.js';

/** Where a change comes from; null when nobody says. What is wrong with it the server says. @throws UsageError */
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
