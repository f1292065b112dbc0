import type { Problem } from '@portolan/model';
import {
  type ExceptionFault,
  faultProblem,
  NO_CONFIG,
  readConfig,
  type SettingsLedger,
} from '@portolan/review';
import type { ReviewRefusal, SideText } from '../../review-messages.js';

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
  const faults = base?.ok === false ? base.faults : [];
  const before = base?.ok === true ? base : NO_CONFIG;
  return {
    settings: {
      base: before,
      // What is not understood proposes nothing that could be told.
      head: head?.ok === false ? before : (head ?? NO_CONFIG),
      path: files.at(-1)?.path ?? '',
    },
    notes: head?.ok === false ? head.faults.map((fault) => faultProblem(fault, 'settings')) : [],
    refusal: faults.length === 0 ? null : refusalOf(faults),
  };
}

function refusalOf(faults: readonly ExceptionFault[]): ReviewRefusal {
  const problems = faults.map((fault) => faultProblem(fault, 'settings'));
  const [first] = problems;
  const place = first === undefined ? '' : `${first.location.path}:${first.location.startLine}: `;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return {
    code: 'INVALID',
    message: `Settings of the base cannot be used: ${place}${first?.message ?? ''}${more}`,
    problems,
  };
}
