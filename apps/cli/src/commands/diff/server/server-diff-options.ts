import type { GitContext } from '@portolan/client';
import { SEVERITIES, type Severity } from '@portolan/model';
import type { CommandLine } from '../../../options/parse-command.js';
import { readGit } from '../../../server/git-options.js';
import type { ServerAccess } from '../../../server/server-options.js';
import { gateNames, readSharedOptions, type SharedDiffOptions } from '../diff-options.js';
import { readServerStates, type ServerStates } from './read-server-states.js';

/** What `portolan diff --server` is to do. */
export interface ServerDiffOptions extends SharedDiffOptions {
  readonly server: ServerAccess;
  readonly states: ServerStates;
  /** Names of gates; the server may know others than we do. */
  readonly failOn: readonly string[];
  readonly warnOn: readonly string[];
  readonly pruneLabel: string | null;
  readonly minSeverity: Severity;
  readonly git: GitContext | null;
}

/** Reads the options. @throws UsageError */
export function readServerDiffOptions(line: CommandLine, server: ServerAccess): ServerDiffOptions {
  const shared = readSharedOptions(line);
  const states = readServerStates(line);
  if (shared.prunesFolder && states.base === null)
    throw line.wrong('--prune-folder needs a folder as --base: what it declares is compared');
  if ([states.base, states.head].every((input) => input === '-'))
    throw line.wrong('only one input can be standard input');
  return {
    ...shared,
    server,
    states,
    ...gateNames(line),
    pruneLabel: line.one('prune-label'),
    minSeverity: line.oneOf('min-severity', SEVERITIES) ?? 'HIGH',
    git: readGit(line),
  };
}
