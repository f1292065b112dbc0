import type { Problem } from '@portolan/model';
import {
  type ExceptionFault,
  type ExceptionLedger,
  faultProblem,
  readExceptions,
  type ReviewException,
} from '@portolan/review';
import { InputError } from '../../command-error.js';
import { type DiffFolders, readSideFiles, type SideFile, type SidePath } from './side-files.js';

/** Exceptions of both sides, and what is wrong with those of the head. */
export interface LoadedExceptions {
  readonly ledger: ExceptionLedger;
  readonly notes: readonly Problem[];
}

/** Nobody answers for anything. */
export const NO_EXCEPTIONS: LoadedExceptions = { ledger: { base: [], head: [] }, notes: [] };

/**
 * Reads exceptions of the same path in both folders. A file that the base does not have yet has no effect before it does; one
 * that neither has is a mistake.
 * @throws InputError when the file of the base is not understood: who knows what it would silence.
 */
export async function loadExceptions(
  path: string,
  folders: DiffFolders & { readonly base: string },
): Promise<LoadedExceptions> {
  const { base, head } = await readSideFiles(exceptionsPath(path), folders);
  const [before, after] = [base, head].map((file) => (file === null ? null : read(file)));
  if (before?.faults.length) throw new InputError(before.faults.map(faultText).join('\n'));
  return {
    ledger: { base: before?.exceptions ?? [], head: after?.exceptions ?? [] },
    notes: (after?.faults ?? []).map((fault) => faultProblem(fault, 'exceptions')),
  };
}

/** The path that --exceptions names. */
export function exceptionsPath(path: string): SidePath {
  return { option: '--exceptions', path, mayBeMissing: false, danger: 'excuse itself' };
}

interface ReadExceptions {
  readonly exceptions: readonly ReviewException[];
  readonly faults: readonly ExceptionFault[];
}

function read({ text, shown }: SideFile): ReadExceptions {
  const found = readExceptions(text, shown);
  return {
    exceptions: found.ok ? found.exceptions : [],
    faults: found.ok ? [] : found.faults,
  };
}

/** A fault with its line. */
export function faultText({ path, line, field, message }: ExceptionFault): string {
  return `${path}:${line}: ${field === '' ? '' : `${field}: `}${message}`;
}
