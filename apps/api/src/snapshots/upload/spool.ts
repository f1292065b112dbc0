import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type ServerConfig } from '../../config/config.js';
import { LOG, type Log } from '../../logging/log.js';

/** Folders of this process: they are not left over, although its id is in their name. */
const ours = new Set<string>();

/** A folder for uploads while they are read: only we can look into it, and nothing stays in it. */
@Injectable()
export class Spool implements OnApplicationShutdown {
  readonly #folder: string;

  constructor(@Inject(CONFIG) { spoolFolder }: ServerConfig, @Inject(LOG) log: Log) {
    const removed = removeLeftOvers(spoolFolder);
    if (removed > 0)
      log.warn(`Folders of uploads that a server before left have been removed: ${removed}`);
    // mkdtemp makes a folder that is readable by its owner only.
    this.#folder = mkdtempSync(join(spoolFolder, `${prefix()}${process.pid}-`));
    ours.add(this.#folder);
  }

  /** Writes chunks to a new file, and gives its path. What was written is removed when `chunks` fails. */
  async write(chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[]): Promise<string> {
    const path = join(this.#folder, randomUUID());
    const file = await open(path, 'wx', 0o600);
    try {
      // TypeScript loses the type of the elements of this union.
      for await (const chunk of chunks as AsyncIterable<Uint8Array>) await file.writeFile(chunk);
    } catch (error) {
      await file.close();
      await this.remove(path);
      throw error;
    }
    await file.close();
    return path;
  }

  async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  async onApplicationShutdown(): Promise<void> {
    ours.delete(this.#folder);
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Machines may share a folder, and cannot see each other's processes. */
function prefix(): string {
  return `portolan-spool-${hostname().replace(/[^\w.]/g, '_')}-`;
}

/** Removes folders whose process is gone, and says how many there were. */
function removeLeftOvers(parent: string): number {
  const folders = readdirSync(parent)
    .filter((name) => name.startsWith(prefix()))
    .filter((name) => !ours.has(join(parent, name)))
    .filter((name) => !isAlive(Number(name.slice(prefix().length).split('-')[0])));
  return folders.filter((name) => removeFolder(join(parent, name))).length;
}

/** A folder of another user stays: it is theirs, and no reason not to start. */
function removeFolder(path: string): boolean {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}

/** Our own id is that of a process before us: containers give everybody the same. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
