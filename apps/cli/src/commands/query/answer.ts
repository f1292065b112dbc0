import type { Caveat } from '@portolan/model';
import { plainText } from '@portolan/report';

/** An answer in both forms. */
export interface Answer {
  readonly text: string;
  readonly data: unknown;
}

/** Lines about what an answer rests on. */
export function caveatLines(caveats: readonly Caveat[]): string[] {
  if (caveats.length === 0) return [];
  const lines = caveats.map(({ code, message }) => plainText(`  ${code}: ${message}`));
  return ['', 'What this rests on', ...lines];
}
