import type { ListedCommand } from './command.js';

/** All commands, in the order of the help. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'diff',
    about: 'what a change opens and closes, with gates for a pull request',
    load: async () => (await import('./commands/diff/diff-command.js')).DIFF,
  },
  {
    name: 'check',
    about: 'mistakes in policies, and what they leave open',
    load: async () => (await import('./commands/check/check-command.js')).CHECK,
  },
  {
    name: 'list',
    about: 'everything that may pass',
    load: async () => (await import('./commands/list/list-command.js')).LIST,
  },
  {
    name: 'query',
    about: 'who can reach what, and why',
    load: async () => (await import('./commands/query/query-command.js')).QUERY,
  },
  {
    name: 'snapshot',
    about: 'stores the state of a cluster on a server',
    load: async () => (await import('./commands/snapshot/snapshot-command.js')).SNAPSHOT,
  },
  {
    name: 'completion',
    about: 'completions for a shell',
    load: async () =>
      (await import('./commands/completion/completion-command.js')).completionCommand(COMMANDS),
  },
];
