import type { Problem } from '@portolan/model';
import type { SkippedInput } from '@portolan/report';
import type { Side } from './side.js';

/** Skipped input that a report lists; more is counted only. */
const LISTED = 200;

/**
 * Input that was left out or that no answer takes into account, and whether the change has to do with it: all of the head,
 * and what only the base has.
 */
export function findSkipped(
  base: Side,
  head: Side,
  changedPaths: ReadonlySet<string> | null,
  notes: readonly Problem[],
): { skipped: SkippedInput[]; skippedOmitted: number } {
  const [before, after] = [base, head].map(({ state }) => state.content.problems.filter(isLeftOut));
  const known = new Set((before ?? []).map(identity));
  const ofHead = [...notes, ...(after ?? [])];
  const isThere = new Set(ofHead.map(identity));
  const all = [
    ...ofHead.map((problem) => {
      const isTouched = changedPaths?.has(problem.location.path) ?? false;
      return skippedInput(head, problem, isTouched || !known.has(identity(problem)));
    }),
    ...(before ?? [])
      .filter((problem) => !isThere.has(identity(problem)))
      .map((problem) => skippedInput(base, problem, false)),
  ];
  // What the change brought is never cut off for what was there before.
  const sorted = [...all.filter(({ isNew }) => isNew), ...all.filter(({ isNew }) => !isNew)];
  const omitted =
    base.state.content.problemsOmitted +
    head.state.content.problemsOmitted +
    Math.max(0, sorted.length - LISTED);
  return { skipped: sorted.slice(0, LISTED), skippedOmitted: omitted };
}

function skippedInput({ side }: Side, problem: Problem, isNew: boolean): SkippedInput {
  const { code, location, object, message } = problem;
  const { path, startLine, endLine } = location;
  return { code, place: { side, path, startLine, endLine }, object, message, isNew };
}

function isLeftOut({ severity, outcome }: Problem): boolean {
  return severity === 'ERROR' || outcome === 'UNSUPPORTED_POLICY_KIND';
}

/** Without its line, and without the folder that one of the two sides may lie in. */
function identity({ code, location, kind, object, field, message }: Problem): string {
  const file = location.path.slice(location.path.lastIndexOf('/') + 1);
  return JSON.stringify([code, file, kind, object, field, message]);
}
