import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '../command-error.js';
import type { Terminal } from '../terminal.js';

/**
 * Writes a document to a file, or to standard output (null), piece by piece.
 * @throws InputError when the file cannot be written.
 */
export async function writeOutput(
  terminal: Terminal,
  file: string | null,
  pieces: Iterable<string>,
): Promise<void> {
  if (file === null) {
    for (const piece of together(pieces)) if (!(await terminal.write(piece))) return;
    return;
  }
  try {
    await writeFile(resolve(terminal.workingDirectory, file), together(pieces));
  } catch (error) {
    throw fileFailure(file, error);
  }
}

/** What the user is told of a file that cannot be written. Anything else stays what it is; only the system's codes are texts. */
export function fileFailure(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
    return error;
  return new InputError(`${file} cannot be written: ${error.message}`);
}

/** Characters that are written at once. */
const PIECE = 64 * 1024;

function* together(pieces: Iterable<string>): Generator<string> {
  let pending = '';
  for (const piece of pieces) {
    pending += piece;
    if (pending.length < PIECE) continue;
    yield pending;
    pending = '';
  }
  if (pending !== '') yield pending;
}
