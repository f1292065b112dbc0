import type { Problem } from '@portolan/model';
import { faultProblem, NO_CONFIG, readConfig, type SettingsLedger } from '@portolan/review';
import type { ReviewRefusal, SideText } from '../../review-messages.js';
import { baseRefusal } from './base-refusal.js';

/** Settings of both sides, what is wrong with those of the head, and why those of the base cannot be used. */
interface ReadSettings {
  readonly settings: SettingsLedger;
  readonly notes: readonly Problem[];
  readonly refusal: ReviewRefusal | null;
}

/** Reads settings. Who knows what a file of the base turns off that is not understood: then nothing is reviewed. */
export function readSettings(files: readonly SideText[]): ReadSettings {
  const [base, head] = (['BASE', 'HEAD'] as const).map((side) => {
    const file = files.find((one) => one.side === side);
    return file === undefined ? null : readConfig(file.text, file.path);
  });
  const before = base?.ok === true ? base : NO_CONFIG;
  return {
    settings: {
      base: before,
      // What is not understood proposes nothing that could be told.
      head: head?.ok === false ? before : (head ?? NO_CONFIG),
      path: files.at(-1)?.path ?? '',
    },
    notes: problemsOf(head),
    refusal: baseRefusal('Settings', problemsOf(base)),
  };
}

function problemsOf(file: ReturnType<typeof readConfig> | null | undefined): Problem[] {
  return file?.ok === false ? file.faults.map((fault) => faultProblem(fault, 'settings')) : [];
}
