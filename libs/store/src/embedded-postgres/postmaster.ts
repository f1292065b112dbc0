import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { environment } from './environment.js';
import { isAlive, isInUse, servesCluster } from './process-identity.js';
import type { Seat } from './seat.js';

/** Long enough to write out a large cache on a slow disk. */
const STOP_SECONDS = 60;
const KEPT_LOG_LINES = 20;

const COMMON_SETTINGS = [
  'listen_addresses=127.0.0.1',
  // A socket path may be too long, and is one more door.
  'unix_socket_directories=',
  'timezone=UTC',
  'log_timezone=UTC',
  'max_connections=60',
  // Nobody replicates from here, so bulk loads need not be logged row by row.
  'wal_level=minimal',
  'max_wal_senders=0',
];
const THROW_AWAY_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** A running PostgreSQL of ours. */
export interface Postmaster {
  /** Settles when the process ended, with how it ended and the last it said. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

/** How to start PostgreSQL. */
export interface PostmasterOptions {
  readonly binaries: Binaries;
  readonly seat: Seat;
  readonly port: number;
  readonly isDurable: boolean;
  readonly log: (line: string) => void;
}

/** Starts PostgreSQL on a cluster. It is not ready for questions yet. */
export function startPostmaster(options: PostmasterOptions): Postmaster {
  const { binaries, seat, port, isDurable, log } = options;
  const settings = [...COMMON_SETTINGS, ...(isDurable ? [] : THROW_AWAY_SETTINGS)];
  const child = spawn(
    binaries.postgres,
    ['-D', seat.cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...seat.account,
      cwd: '/',
      env: environment(),
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C reaches all of a terminal's group; the server wants to finish its work first.
      detached: process.platform !== 'win32',
    },
  );
  const lastWords = followLog(child, log);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(`PostgreSQL ended (${signal ?? `code ${String(code)}`})\n${lastWords()}`.trim()),
    );
  });
  // The last resort of a process that ends without stopping us: no orphan.
  const onExit = (): void => void child.kill('SIGINT');
  process.once('exit', onExit);
  void ended.then(() => process.off('exit', onExit));

  return {
    ended,
    stop: async () => {
      await stopCluster(binaries, seat.cluster, seat.account);
      await ended;
    },
  };
}

/** Stops a postmaster that outlived the server which started it. */
export async function stopSurvivor(binaries: Binaries, seat: Seat): Promise<boolean> {
  const { cluster, account } = seat;
  const file = join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return false;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!servesCluster(pid, cluster)) {
    // Another program got the number, and PostgreSQL would take that for itself. In all other cases the
    // file stays: with it PostgreSQL sees sessions that a killed postmaster left behind.
    if (isAlive(pid) && !isInUse(cluster)) rmSync(file, { force: true });
    return false;
  }
  await stopCluster(binaries, cluster, account);
  return true;
}

/** Asks the postmaster of a cluster to end its sessions and itself, and waits until it has. */
async function stopCluster(binaries: Binaries, cluster: string, account: Account): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    const args = ['stop', '-D', cluster, '-m', mode, '-w', '-t', String(STOP_SECONDS)];
    const control = spawn(binaries.pgCtl, args, {
      ...account,
      cwd: '/',
      env: environment(),
      stdio: 'ignore',
    });
    const [code] = (await once(control, 'close')) as [number | null];
    if (code === 0) return;
  }
}

function followLog(child: ChildProcess, log: (line: string) => void): () => string {
  const last: string[] = [];
  if (child.stderr !== null) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      last.push(line);
      if (last.length > KEPT_LOG_LINES) last.shift();
      log(line);
    });
  }
  return () => last.join('\n');
}
