import { describe, expect, it } from 'vitest';
import { wantedGoals } from './wanted-goals.js';

const [cold, diff] = [['G1', 'G7'], ['G3']].map((ids) => ({
  ids,
  measure: () => Promise.resolve([]),
}));
const goals = [cold!, diff!];

describe('the goals that the bench measures', () => {
  it('are all, or those that are named and what is measured with them', () => {
    expect(wantedGoals(goals, ['--quick'])).toEqual(goals);
    expect(wantedGoals(goals, ['--only', 'G7'])).toEqual([cold]);
    expect(wantedGoals(goals, ['--only', 'G3,G1'])).toEqual(goals);
  });

  it.each([[['--only', 'G1,G99']], [['--only']]])('are refused when unknown: %s', (args) => {
    expect(() => wantedGoals(goals, args)).toThrow('--only wants some of G1,G7,G3');
  });
});
