import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { InputError, UsageError } from '../../command-error.js';
import { shownPath } from '../../input/shown-path.js';

/** The two folders, as they were given, and where from; `base` null = there is no folder of it here. */
export interface ExceptionFolders {
  readonly base: string | null;
  readonly head: string;
  readonly workingDirectory: string;
}

/** A file of exceptions. */
export interface ExceptionFile {
  readonly text: string;
  /** Its path as reports show it. */
  readonly shown: string;
}

/** The files of both sides; null = there is none. */
export interface ExceptionFiles {
  readonly base: ExceptionFile | null;
  readonly head: ExceptionFile | null;
}

/**
 * Reads the files of the same path in both folders, without looking into them.
 * @throws InputError when neither has one, and when both have the very same.
 */
export async function readExceptionFiles(
  path: string,
  { base, head, workingDirectory }: ExceptionFolders,
): Promise<ExceptionFiles> {
  if (isAbsolute(path))
    throw new UsageError('--exceptions is a path inside both --base and --head', 'diff');
  const read = (folder: string): Promise<(ExceptionFile & { readonly file: string }) | null> =>
    readSide(resolve(workingDirectory, folder, path), path, workingDirectory);
  const before = base === null ? null : await read(base);
  const after = await read(head);
  if (before === null && after === null)
    throw new InputError(
      `--exceptions ${path}: ${base === null ? 'head does not have' : 'neither base nor head has'} this file`,
    );
  if (before !== null && before.file === after?.file)
    throw new InputError(
      `--exceptions ${path}: base and head have the same file, so a change could excuse itself`,
    );
  return { base: before, head: after };
}

/** Null when there is no such file. */
async function readSide(
  file: string,
  path: string,
  workingDirectory: string,
): Promise<(ExceptionFile & { readonly file: string }) | null> {
  try {
    const text = await readFile(file, 'utf8');
    return { text, shown: shownPath(file, workingDirectory) ?? path, file: await realpath(file) };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new InputError(`--exceptions ${path}: ${error.message}`);
  }
}
