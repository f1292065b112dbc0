import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { isAlive, startTimeOf } from './process-identity.js';

/** The process that has a folder. */
interface Holder {
  readonly pid: number;
  readonly startTime: string;
  readonly address: string;
}

/** Writing a lock and taking one over are a few system calls: what takes longer was interrupted. */
const MOMENT_MS = 5_000;

/** Claims a folder for this process, and gives back how to release it. A claim dies with its process. */
export async function lockFolder(folder: string, address: string): Promise<() => void> {
  const file = join(folder, 'portolan.lock');
  const gate = `${file}.takeover`;
  const self = { pid: process.pid, startTime: startTimeOf(process.pid), address };

  while (!tryCreate(file, self)) {
    // One process at a time judges a lock: a slower one would remove the new lock of a faster one.
    if (tryEnter(gate)) {
      try {
        removeIfStale(file);
      } finally {
        rmSync(gate, { recursive: true, force: true });
      }
    } else {
      await delay(50);
    }
  }

  const release = (): void => {
    process.off('exit', release);
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
  };
  process.on('exit', release);
  return release;
}

/** Readable by all: a lock that cannot be read would look abandoned. */
function tryCreate(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function tryEnter(gate: string): boolean {
  try {
    mkdirSync(gate);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isOlderThanAMoment(gate)) rmSync(gate, { recursive: true, force: true });
    return false;
  }
}

function removeIfStale(file: string): void {
  const holder = readHolder(file);
  if (holder === null && !isOlderThanAMoment(file)) return;
  if (holder !== null && isHeld(holder)) {
    const where = holder.address === '' ? '' : `, ${holder.address}`;
    throw new EmbeddedPostgresError(
      'ALREADY_RUNNING',
      `Portolan is already running here (pid ${holder.pid}${where}). ` +
        'Stop it first, or set PORTOLAN_DATA to another folder.',
    );
  }
  rmSync(file, { force: true });
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    // Gone meanwhile, or not written to the end.
    return null;
  }
}

function isHeld(holder: Holder): boolean {
  return isAlive(holder.pid) && startTimeOf(holder.pid) === holder.startTime;
}

function isOlderThanAMoment(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > MOMENT_MS;
}
