import type { Problem } from '@portolan/model';
import { faultProblem, NO_CONFIG, readConfig, type SettingsLedger } from '@portolan/review';
import { InputError } from '../../command-error.js';
import { faultText } from './load-exceptions.js';
import { type DiffFolders, readSideFiles, type SidePath } from './side-files.js';

/** Where settings are looked for in both folders when no file is named. */
const USUAL = '.portolan/config.yaml';

/** The path that --config names; null = the usual one, which need not be there. */
export function settingsPath(given: string | null): SidePath {
  return {
    option: '--config',
    path: given ?? USUAL,
    mayBeMissing: given === null,
    danger: 'approve itself',
  };
}

/** Settings of both sides, and what is wrong with those of the head. */
export interface LoadedSettings {
  readonly ledger: SettingsLedger;
  readonly notes: readonly Problem[];
}

/**
 * Reads settings of the same path in both folders.
 * @throws InputError when the file of the base is not understood: who knows what it would turn off.
 */
export async function loadSettings(
  given: string | null,
  folders: DiffFolders,
): Promise<LoadedSettings> {
  const { base, head } = await readSideFiles(settingsPath(given), folders);
  const [before, after] = [base, head].map((file) =>
    file === null ? null : readConfig(file.text, file.shown),
  );
  if (before?.ok === false) throw new InputError(before.faults.map(faultText).join('\n'));
  const set = before ?? NO_CONFIG;
  return {
    ledger: {
      base: set,
      // What is not understood proposes nothing that could be told.
      head: after?.ok === false ? set : (after ?? NO_CONFIG),
      path: head?.shown ?? base?.shown ?? USUAL,
    },
    notes: after?.ok === false ? after.faults.map((fault) => faultProblem(fault, 'settings')) : [],
  };
}
