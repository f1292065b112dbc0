import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { accountFor, type Account, canEnter } from './account.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** The folder that holds a cluster with its password and lock, and who runs the cluster. */
export interface Seat {
  readonly folder: string;
  readonly cluster: string;
  readonly account: Account;
}

const POINTER = 'database-location';
/** Only root gets here, and root may write to either. The second is for systems with a read-only first. */
const ELSEWHERE = ['/var/lib', '/var/tmp'];

/** Decides where the database of a data folder lives: in it, or elsewhere when PostgreSQL cannot enter it. */
export function findSeat(path: string): Seat {
  mkdirSync(path, { recursive: true });
  const dataDirectory = realpathSync(path);
  const elsewhere = readPointer(dataDirectory);
  if (elsewhere !== null) {
    assertTrusted(elsewhere, dataDirectory);
    return seatIn(elsewhere);
  }
  const seat = seatIn(dataDirectory);
  if (canEnter(dataDirectory, seat.account)) return seat;
  return seatIn(moveElsewhere(dataDirectory));
}

function seatIn(folder: string): Seat {
  const cluster = join(folder, 'postgres');
  return { folder, cluster, account: accountFor(cluster) };
}

/** A folder that others could write to may hold anything: a cluster of theirs, or a link to one of ours. */
function assertTrusted(folder: string, dataDirectory: string): void {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory() && stat.uid === 0 && (stat.mode & 0o022) === 0) return;
  throw new EmbeddedPostgresError(
    'DATA_UNUSABLE',
    stat === undefined
      ? `The database of ${dataDirectory} was in ${folder}, which is gone. ` +
          `Bring it back, or delete ${dataDirectory} to start with an empty one.`
      : `${folder} is not a folder that only root can write to, so its database is not used.`,
  );
}

function readPointer(dataDirectory: string): string | null {
  try {
    return readFileSync(join(dataDirectory, POINTER), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function moveElsewhere(dataDirectory: string): string {
  const folder = makeElsewhere(dataDirectory);
  try {
    writeFileSync(join(dataDirectory, POINTER), `${folder}\n`, { flag: 'wx' });
  } catch {
    // Another start was faster: its folder is the one.
    rmdirSync(folder);
    return readPointer(dataDirectory) ?? folder;
  }
  writeFileSync(
    join(dataDirectory, 'README.md'),
    'PostgreSQL does not run as root, and no other user can enter this folder.\n' +
      `So the database is in ${folder}; the file ${POINTER} says so to Portolan.\n` +
      'To delete the database, delete both folders.\n',
  );
  return folder;
}

/** Makes a folder nobody else has: an existing one is never taken, as someone may have put it there. */
function makeElsewhere(dataDirectory: string): string {
  const id = createHash('sha256').update(dataDirectory).digest('hex').slice(0, 12);
  for (const parent of ELSEWHERE) {
    for (let attempt = 1; attempt <= 100; attempt++) {
      const folder = join(parent, `portolan-${id}${attempt > 1 ? `-${attempt}` : ''}`);
      try {
        mkdirSync(folder);
        // Whatever the umask: the account has to get through.
        chmodSync(folder, 0o755);
        return folder;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') break;
      }
    }
  }
  throw new EmbeddedPostgresError(
    'DATA_UNUSABLE',
    `${dataDirectory} can be read by root only, where PostgreSQL does not run, and neither ${ELSEWHERE.join(' nor ')} ` +
      'can be written. Set PORTOLAN_DATA to a folder that other users can enter.',
  );
}
