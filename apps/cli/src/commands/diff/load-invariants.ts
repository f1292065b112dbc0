import type { Problem } from '@portolan/model';
import {
  faultProblem,
  type InvariantLedger,
  NO_INVARIANTS,
  readInvariants,
} from '@portolan/review';
import { InputError } from '../../command-error.js';
import { faultText } from './load-exceptions.js';
import { type DiffFolders, readSideFiles, type SideFile, type SidePath } from './side-files.js';

/** Invariants of both sides, and what is wrong with those of the head. */
export interface LoadedInvariants {
  readonly ledger: InvariantLedger;
  readonly notes: readonly Problem[];
}

/**
 * Reads invariants of the same path in both folders. Those of the base count, those that only the head has are proposed.
 * @throws InputError when the file of the base is not understood: who knows what it forbids.
 */
export async function loadInvariants(
  path: string | null,
  folders: DiffFolders & { readonly base: string },
): Promise<LoadedInvariants> {
  if (path === null) return { ledger: NO_INVARIANTS, notes: [] };
  const files = await readSideFiles(invariantsPath(path), folders);
  const [base, head] = [read(files.base), read(files.head)];
  if (!base.ok) throw new InputError(base.faults.map(faultText).join('\n'));
  return {
    ledger: { base: base.invariants, head: head.ok ? head.invariants : [] },
    notes: head.ok ? [] : head.faults.map((fault) => faultProblem(fault, 'invariants')),
  };
}

/** The path that --invariants names. */
export function invariantsPath(path: string): SidePath {
  return { option: '--invariants', path, mayBeMissing: false, danger: 'weaken its own gate' };
}

function read(file: SideFile | null): ReturnType<typeof readInvariants> {
  return file === null ? { ok: true, invariants: [] } : readInvariants(file.text, file.shown);
}
