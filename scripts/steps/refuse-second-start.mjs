import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from './run.mjs';

/**
 * Ends this process when a server of this folder runs: installing and building would take its files away. The server
 * itself checks again, and better; this only looks for a lock whose process is alive and began when the lock says.
 */
export function refuseSecondStart() {
  if (process.env.DATABASE_URL) return;
  const folder = resolve(root, process.env.PORTOLAN_DATA || '.data');
  let holder;
  try {
    holder = JSON.parse(readFileSync(`${folder}/portolan.lock`, 'utf8'));
  } catch {
    return;
  }
  if (holder.startTime === '' || startTimeOf(holder.pid) !== holder.startTime) return;
  const where = holder.address ? `, ${holder.address}` : '';
  console.error(
    `Portolan is already running here (pid ${holder.pid}${where}). Stop it first, or set PORTOLAN_DATA to another folder.`,
  );
  process.exit(1);
}

/** As libs/store notes it: field 22 of /proc/<pid>/stat, elsewhere what ps tells; null when there is no such process. */
function startTimeOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    }
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], options).trim();
  } catch {
    return null;
  }
}
