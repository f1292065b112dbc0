import { describe, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { arbitrarySupposedCluster, type SupposedCluster } from './arbitrary-hypothetical.js';
import { compareHypothetical } from './engine-agreement/compare-hypothetical.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';

const RUNS = runCount(500);

describe(`pods that need not exist, in ${RUNS} generated clusters (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'are to the engine what they are to the oracle',
    async () => {
      await checkGenerated(arbitrarySupposedCluster, { runs: RUNS, seed: seed() }, show, compare);
    },
    timeFor(RUNS),
  );
});

function show({ objects, pods }: SupposedCluster): string {
  return `${showObjects(objects)}\nsupposed: ${JSON.stringify(pods)}`;
}

async function compare(supposed: SupposedCluster): Promise<void> {
  const { analysis } = await analyseObjects([...supposed.objects]);
  compareHypothetical(analysis, supposed);
}
