import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Where the fields of /proc/<pid>/stat stand behind the program's name: see proc(5). */
const STATE = 0;
const START_TIME = 19;

/** Whether a process of this number exists. One that ended and waits for its parent does not count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return procStat(pid)?.[STATE] !== 'Z';
}

/**
 * When a process began, as text to compare: a number is given to another process sooner or later, and
 * the two together are not. Empty where the system does not tell.
 */
export function startTimeOf(pid: number): string {
  const stat = procStat(pid);
  return (stat === null ? ps(pid, 'lstart') : stat[START_TIME]) ?? '';
}

/** Whether the process is a postmaster of this cluster. It works inside the folder, and is started with its name. */
export function servesCluster(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  return worksIn(pid, cluster) ?? ps(pid, 'command')?.includes(cluster) ?? false;
}

/** Whether any process works inside the folder, as sessions do whose postmaster was killed. Linux only. */
export function isInUse(folder: string): boolean {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc').some(
    (name) => /^\d+$/.test(name) && worksIn(Number(name), folder) === true,
  );
}

/** Null where the system does not tell. */
function worksIn(pid: number, folder: string): boolean | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return null;
  }
}

function procStat(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in parentheses and may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function ps(pid: number, column: string): string | null {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', `${column}=`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
