import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** The user PostgreSQL runs as. Empty when it is the user we are. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const UNPRIVILEGED_USERS = ['postgres', 'nobody'];

/** The user to run a cluster as: the owner of one that exists, else an unprivileged one. */
export function accountFor(cluster: string): Account {
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (!isRoot()) {
    if (owner !== undefined && process.getuid !== undefined && owner.uid !== process.getuid()) {
      throw new EmbeddedPostgresError(
        'DATA_UNUSABLE',
        `The database in ${cluster} belongs to user ${owner.uid}, and Portolan was started as user ${process.getuid()}. ` +
          'Start it as before, or set PORTOLAN_DATA to another folder.',
      );
    }
    return {};
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return unprivilegedAccount();
}

/** Hands a file or folder over to the account. */
export function give(path: string, { uid, gid }: Account): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

/** Whether the account gets into a folder. Tried, not computed: modes are not all that decides. */
export function canEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  });
  return status === 0;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function unprivilegedAccount(): Account {
  for (const user of UNPRIVILEGED_USERS) {
    try {
      return { uid: idOf(user, '-u'), gid: idOf(user, '-g') };
    } catch {
      // There is no such user; the next may exist.
    }
  }
  throw new EmbeddedPostgresError(
    'START_FAILED',
    `PostgreSQL does not run as root, and there is no user ${UNPRIVILEGED_USERS.join(' or ')} to run it as. ` +
      'Start Portolan as an ordinary user, or set DATABASE_URL.',
  );
}

function idOf(user: string, flag: '-u' | '-g'): number {
  const text = execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] });
  return Number(text);
}
