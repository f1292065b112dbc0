import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { InputError, UsageError } from '../../command-error.js';
import { shownPath } from '../../input/shown-path.js';

/** The two folders, as they were given, and where from; `base` null = there is no folder of it here. */
export interface DiffFolders {
  readonly base: string | null;
  readonly head: string;
  readonly workingDirectory: string;
}

/** A file that lies at the same path in both folders. */
export interface SideFile {
  readonly text: string;
  /** Its path as reports show it. */
  readonly shown: string;
}

/** The files of both sides; null = there is none. */
export interface SideFiles {
  readonly base: SideFile | null;
  readonly head: SideFile | null;
}

/** Which option names a path in both folders, and which path. */
export interface SidePath {
  readonly option: string;
  readonly path: string;
  /** Whether neither folder has to have it. */
  readonly mayBeMissing: boolean;
  /** What a change could do with a file that both sides have. */
  readonly danger: string;
}

/**
 * Reads the files of the same path in both folders, without looking into them.
 * @throws InputError when neither has one that has to be there, and when both have the very same.
 */
export async function readSideFiles(
  { option, path, mayBeMissing, danger }: SidePath,
  { base, head, workingDirectory }: DiffFolders,
): Promise<SideFiles> {
  if (isAbsolute(path))
    throw new UsageError(`${option} is a path inside both --base and --head`, 'diff');
  const read = (folder: string): Promise<(SideFile & { readonly file: string }) | null> =>
    readSide(resolve(workingDirectory, folder, path), { option, path }, workingDirectory);
  const before = base === null ? null : await read(base);
  const after = await read(head);
  if (before === null && after === null && !mayBeMissing)
    throw new InputError(
      `${option} ${path}: ${base === null ? 'head does not have' : 'neither base nor head has'} this file`,
    );
  if (before !== null && before.file === after?.file)
    throw new InputError(
      `${option} ${path}: base and head have the same file, so a change could ${danger}`,
    );
  return { base: before, head: after };
}

/** Null when there is no such file. */
async function readSide(
  file: string,
  { option, path }: Pick<SidePath, 'option' | 'path'>,
  workingDirectory: string,
): Promise<(SideFile & { readonly file: string }) | null> {
  try {
    const text = await readFile(file, 'utf8');
    return { text, shown: shownPath(file, workingDirectory) ?? path, file: await realpath(file) };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new InputError(`${option} ${path}: ${error.message}`);
  }
}
