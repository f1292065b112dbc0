import { type Caveat, countProblems } from '@portolan/model';
import { snapshotCaveats } from '@portolan/report';
import type { Analysed } from './analyse.js';

/** What was not read, or not well. Whether it is all of a cluster nobody said. */
export function readingCaveats({
  content: { problems, problemsOmitted },
}: Pick<Analysed, 'content'>): readonly Caveat[] {
  const problemCounts = countProblems(problems);
  return snapshotCaveats(
    { completeness: 'PARTIAL', problemCounts, problemsOmitted },
    '`portolan list --strict`',
  );
}
