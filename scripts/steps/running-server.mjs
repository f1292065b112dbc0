import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The server that has the data folder, as its lock tells; null when there is none, or when that cannot be said for sure: the
 * server itself looks again, with better eyes (libs/store/src/embedded-postgres/instance-lock.ts).
 */
export function runningServer(dataFolder) {
  const folder = read(join(dataFolder, 'database-location'))?.trim() ?? dataFolder;
  const lock = read(join(folder, 'portolan.lock'));
  if (lock === null) return null;
  try {
    const { pid, startTime, address } = JSON.parse(lock);
    return startTimeOf(pid) === startTime ? { pid, address } : null;
  } catch {
    return null;
  }
}

/**
 * Ends this process when a server runs in the folder already, before anything of it is installed or built anew under its feet.
 * A server with a database of its own (DATABASE_URL) has no folder.
 */
export function mustNotRun({ DATABASE_URL, PORTOLAN_DATA }) {
  if (DATABASE_URL?.trim()) return;
  const server = runningServer(resolve(PORTOLAN_DATA?.trim() || '.data'));
  if (server === null) return;
  console.error(
    `Portolan is already running here (pid ${server.pid}, ${server.address}). ` +
      'Stop it first, or set PORTOLAN_DATA to another folder.',
  );
  process.exit(1);
}

/** Only where /proc tells: a number alone may be another process' by now. */
function startTimeOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  // Field 22 of proc(5); the name in front of the third is in parentheses, and may hold spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' ? null : fields[19];
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
