import { Analysis, buildIndex, profileOf } from '@portolan/engine';
import { findAll } from '@portolan/findings';
import { SourceView } from '@portolan/model';
import { loadCluster, segmentsOf } from '../clusters/load.js';
import type { Figure } from '../goal.js';
import { shortest } from '../measure.js';

/** All findings of a cluster against its analysis. */
export async function findingGoals(isQuick: boolean): Promise<Figure[]> {
  const name = isQuick ? 'M' : 'XL';
  const content = await loadCluster(name);
  const segments = segmentsOf(content);
  const sources = content.parts.map(({ namespace, sources: block }) => ({ namespace, ...block }));
  const analysed = await shortest(2, () => buildIndex(segments));
  const index = buildIndex(segments);
  let count = 0;
  const found = await shortest(2, () => {
    // What an analysis remembers of earlier questions is no part of it.
    const analysis = new Analysis(index);
    count = findAll({
      analysis,
      profile: profileOf(analysis.view, true).profile,
      isComplete: true,
      problems: content.problems,
      base: null,
      sources: new SourceView(analysis.view, sources),
    }).length;
  });
  return [
    {
      id: 'G12',
      what: `all findings / analysis, ${name}`,
      value: found / analysed,
      unit: 'x',
      bound: 3,
      sense: 'at most',
      detail: `${String(count)} findings in ${found.toFixed(0)} ms against ${analysed.toFixed(0)} ms`,
    },
  ];
}
