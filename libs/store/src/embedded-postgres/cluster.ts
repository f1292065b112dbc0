import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Account, give } from './account.js';
import type { Binaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { environment } from './environment.js';
import type { Seat } from './seat.js';

/** The user of PostgreSQL that a cluster is made with. */
export const SUPERUSER = 'portolan';

const UNFINISHED = '.initialising-';

/** Makes the cluster unless it exists, and gives back its password. */
export async function prepareCluster(
  binaries: Binaries,
  seat: Seat,
  isDurable: boolean,
): Promise<string> {
  const { folder, cluster } = seat;
  // An earlier start was killed half way.
  for (const name of readdirSync(folder)) {
    if (name.startsWith(basename(cluster) + UNFINISHED)) {
      rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
    }
  }
  if (!existsSync(cluster)) await create(binaries, seat, isDurable);
  try {
    return readFileSync(passwordPath(seat), 'utf8').trim();
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'DATA_UNUSABLE',
      `The password of the database cannot be read from ${passwordPath(seat)}. ` +
        `Bring the file back, or delete ${cluster} to start with an empty database.`,
      { cause },
    );
  }
}

async function create(binaries: Binaries, seat: Seat, isDurable: boolean): Promise<void> {
  const { folder, cluster, account } = seat;
  const password = randomBytes(24).toString('base64url');
  // First the password, then the cluster: one that exists has its password.
  writeDurably(passwordPath(seat), password);
  const unfinished = mkdtempSync(cluster + UNFINISHED);
  const passwordFile = `${unfinished}-password`;
  give(unfinished, account);
  // The account may read neither our file nor, as another user, our end of a pipe.
  writeDurably(passwordFile, password, account);
  await initdb(
    binaries,
    [
      ...['-D', unfinished, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--no-instructions'],
      ...(isDurable ? [] : ['--no-sync']),
    ],
    account,
  );
  rmSync(passwordFile);
  renameSync(unfinished, cluster);
  syncFolder(folder);
}

async function initdb(
  { initdb }: Binaries,
  args: readonly string[],
  account: Account,
): Promise<void> {
  const child = spawn(initdb, args, {
    ...account,
    cwd: '/',
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code === 0) return;
  throw new EmbeddedPostgresError(
    'START_FAILED',
    `PostgreSQL could not make its data folder: ${errors.trim() || `initdb ended with ${String(code)}`}`,
  );
}

function passwordPath({ folder }: Seat): string {
  return join(folder, 'database-password');
}

/** Writes a file that survives a crash whole: the old one or the new one. */
function writeDurably(path: string, text: string, account: Account | null = null): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, text, { mode: 0o600, flush: true });
  if (account !== null) give(temporary, account);
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder, and needs no such call.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
