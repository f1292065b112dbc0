import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { LOG, type Log } from '../logging/log.js';

/** Folders of this process: they are not left over, although its id is in their name. */
const ours = new Set<string>();

/** The folder for uploads cannot be used. The message says which, why, and what to do. */
export class SpoolError extends Error {
  override readonly name = 'SpoolError';
}

/** A folder for uploads while they are read: only we can look into it, and nothing stays in it. */
@Injectable()
export class Spool implements OnModuleInit, OnApplicationShutdown {
  #folder = '';

  constructor(
    @Inject(CONFIG) private readonly config: ServerConfig,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /**
   * When everything else is there: a start that fails before leaves no folder.
   * @throws SpoolError when the folder for uploads cannot be used.
   */
  onModuleInit(): void {
    const { spoolFolder } = this.config;
    try {
      const removed = removeLeftOvers(spoolFolder);
      if (removed > 0)
        this.log.warn(`Folders of uploads that a server before left have been removed: ${removed}`);
      // mkdtemp makes a folder that is readable by its owner only.
      this.#folder = mkdtempSync(join(spoolFolder, `${prefix()}${process.pid}-`));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new SpoolError(
        `The folder for uploads, ${spoolFolder}, cannot be used: ${reason}. Set PORTOLAN_SPOOL to a folder that this user may write.`,
        { cause: error },
      );
    }
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
    if (this.#folder === '') return;
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
