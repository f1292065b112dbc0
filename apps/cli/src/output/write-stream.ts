import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Terminal } from '../terminal.js';
import { fileFailure } from './write-output.js';

/**
 * Writes a document that may break off, at the pace of whoever makes and reads it. A file is there as a whole or not at all:
 * what has come of it lies beside it until then.
 * @throws InputError when the file cannot be written; whatever the pieces throw.
 */
export async function writeStream(
  terminal: Terminal,
  file: string | null,
  pieces: AsyncIterable<string>,
): Promise<void> {
  if (file === null) {
    for await (const piece of pieces) if (!(await terminal.write(piece))) return;
    return;
  }
  const given = resolve(terminal.workingDirectory, file);
  const path = await realpath(given).catch(() => given);
  const found = await stat(path).catch(() => null);
  try {
    // A device or pipe is nothing that could be replaced.
    if (found !== null && !found.isFile()) await writeFile(path, pieces);
    else await replaceFile(path, pieces);
  } catch (error) {
    throw fileFailure(file, error);
  }
}

async function replaceFile(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    await writeFile(part, pieces);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
