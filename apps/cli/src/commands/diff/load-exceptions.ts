import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import type { Problem } from '@portolan/model';
import {
  type ExceptionFault,
  type ExceptionLedger,
  readExceptions,
  type ReviewException,
} from '@portolan/review';
import { InputError, UsageError } from '../../command-error.js';
import { shownPath } from '../../input/shown-path.js';

/** Exceptions of both sides, and what is wrong with those of the head. */
export interface LoadedExceptions {
  readonly ledger: ExceptionLedger;
  readonly notes: readonly Problem[];
}

/** Nobody answers for anything. */
export const NO_EXCEPTIONS: LoadedExceptions = { ledger: { base: [], head: [] }, notes: [] };

/** The two folders, as they were given, and where from. */
export interface ExceptionFolders {
  readonly base: string;
  readonly head: string;
  readonly workingDirectory: string;
}

/**
 * Reads exceptions of the same path in both folders. A file that the base does not have yet has no effect before it does; one
 * that neither has is a mistake.
 * @throws InputError when the file of the base is not understood: who knows what it would silence.
 */
export async function loadExceptions(
  path: string,
  folders: ExceptionFolders,
): Promise<LoadedExceptions> {
  if (isAbsolute(path))
    throw new UsageError('--exceptions is a path inside both --base and --head', 'diff');
  const [base, head] = await Promise.all(
    [folders.base, folders.head].map((folder) =>
      readSide(resolve(folders.workingDirectory, folder, path), path, folders.workingDirectory),
    ),
  );
  if (base == null && head == null)
    throw new InputError(`--exceptions ${path}: neither base nor head has this file`);
  if (base != null && base.file === head?.file)
    throw new InputError(
      `--exceptions ${path}: base and head have the same file, so a change could excuse itself`,
    );
  if (base?.faults.length) throw new InputError(base.faults.map(faultText).join('\n'));
  return {
    ledger: { base: base?.exceptions ?? [], head: head?.exceptions ?? [] },
    notes: (head?.faults ?? []).map(faultProblem),
  };
}

interface ExceptionsOfSide {
  readonly file: string;
  readonly exceptions: readonly ReviewException[];
  readonly faults: readonly ExceptionFault[];
}

/** Null when there is no such file. */
async function readSide(
  file: string,
  path: string,
  workingDirectory: string,
): Promise<ExceptionsOfSide | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new InputError(`--exceptions ${path}: ${error.message}`);
  }
  const read = readExceptions(text, shownPath(file, workingDirectory) ?? path);
  return {
    file: await realpath(file),
    exceptions: read.ok ? read.exceptions : [],
    faults: read.ok ? [] : read.faults,
  };
}

function faultText({ path, line, field, message }: ExceptionFault): string {
  return `${path}:${line}: ${field === '' ? '' : `${field}: `}${message}`;
}

function faultProblem({ path, line, field, message }: ExceptionFault): Problem {
  return {
    code: 'INVALID_OBJECT',
    severity: 'ERROR',
    outcome: 'INVALID_OBJECT',
    location: { path, startLine: line, endLine: line, documentIndex: 0 },
    kind: null,
    object: null,
    field: field === '' ? null : field,
    message: `the file of exceptions is not understood: ${message}`,
  };
}
