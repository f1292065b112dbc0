import { describe, expect, it } from 'vitest';
import { arbitraryEditedCluster, type EditedCluster } from './arbitrary-edit.js';
import { diffObjects, isThere, reverted } from './engine-agreement/revert-causes.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';

const RUNS = Math.ceil(runCount(2_000) / 10);
/** Of one cluster: the riskiest come first. */
const CHECKED_CHANGES = 5;

describe(`causes of ${RUNS} generated changes (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  let [checked, twice] = [0, 0];

  it(
    'are what made a difference: without them it is gone, or they alone make it as well',
    async () => {
      const options = { runs: RUNS, seed: seed() };
      await checkGenerated(arbitraryEditedCluster, options, show, async (cluster) => {
        const diff = await diffObjects(cluster.base, cluster.head);
        for (const change of diff.changes.slice(0, CHECKED_CHANGES)) {
          const causes = change.causedBy.flatMap((i) => diff.objectChanges[i] ?? []);
          const without = await diffObjects(cluster.base, reverted(cluster, causes));
          checked++;
          if (!isThere(change, without)) continue;
          // Two edits each of which is enough: one of them is named, and it has to be enough indeed.
          twice++;
          const others = diff.objectChanges.filter((one) => !causes.includes(one));
          const alone = await diffObjects(cluster.base, reverted(cluster, others));
          expect(isThere(change, alone)).toBe(true);
        }
      });
    },
    timeFor(RUNS),
  );

  it('are mostly the only ones', () => {
    expect(checked).toBeGreaterThan(RUNS / 2);
    expect(twice / checked).toBeLessThan(0.05);
  });
});

function show({ base, head }: EditedCluster): string {
  return `# base\n${showObjects(base)}\n# head\n${showObjects(head)}`;
}
