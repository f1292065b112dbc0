import { profileOf } from '@portolan/engine';
import { type Caveat, countProblems } from '@portolan/model';
import { snapshotCaveats } from '@portolan/report';
import type { Analysed } from './analyse.js';

/** What was not read, or not well, and whether anything enforces policies. Whether it is all of a cluster nobody said. */
export function readingCaveats({
  content: { problems, problemsOmitted },
  analysis,
}: Analysed): readonly Caveat[] {
  const problemCounts = countProblems(problems);
  return snapshotCaveats(
    { completeness: 'PARTIAL', problemCounts, problemsOmitted },
    profileOf(analysis.view, false),
    '`portolan list --strict`',
  );
}
