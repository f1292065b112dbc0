import type { Problem } from '@portolan/model';
import type { SkippedInput } from '@portolan/report';
import type { Side } from './side.js';

/** Skipped input that a report lists; more is counted only. */
const LISTED = 200;

/** Input of the head that was left out or that no answer takes into account, and what the change has to do with it. */
export function findSkipped(
  base: Side,
  head: Side,
  changedPaths: ReadonlySet<string> | null,
  notes: readonly Problem[],
): { skipped: SkippedInput[]; skippedOmitted: number } {
  const known = new Set(base.state.content.problems.map(identity));
  const problems = [...notes, ...head.state.content.problems].filter(isLeftOut);
  const all = problems.map((problem): SkippedInput => {
    const { code, location, object, message } = problem;
    const { path, startLine, endLine } = location;
    const isNew = !known.has(identity(problem)) || (changedPaths?.has(path) ?? false);
    return { code, place: { side: 'HEAD', path, startLine, endLine }, object, message, isNew };
  });
  // What the change brought is never cut off for what was there before.
  const sorted = [...all.filter(({ isNew }) => isNew), ...all.filter(({ isNew }) => !isNew)];
  const omitted = head.state.content.problemsOmitted + Math.max(0, sorted.length - LISTED);
  return { skipped: sorted.slice(0, LISTED), skippedOmitted: omitted };
}

function isLeftOut({ severity, outcome }: Problem): boolean {
  return severity === 'ERROR' || outcome === 'UNSUPPORTED_POLICY_KIND';
}

/** Without its line, and without the folder that one of the two sides may lie in. */
function identity({ code, location, kind, object, field, message }: Problem): string {
  const file = location.path.slice(location.path.lastIndexOf('/') + 1);
  return JSON.stringify([code, file, kind, object, field, message]);
}
