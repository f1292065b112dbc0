import type { Figure } from '../goal.js';

const REASONS = {
  G5: 'whole process against another analyser; needs one to compare with',
  G9: '25,000 namespaces, 100,000 pods, 75,000 policies; no such cluster is generated',
};

/** Goals that nothing here measures, so that no line is silently missing. */
export function notMeasured(): Promise<Figure[]> {
  return Promise.resolve(
    Object.entries(REASONS).map(([id, detail]) => ({
      id,
      what: 'left out',
      value: null,
      unit: 'x' as const,
      bound: 1,
      sense: 'at most' as const,
      detail,
    })),
  );
}
