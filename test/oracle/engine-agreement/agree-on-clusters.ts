import { describe, it } from 'vitest';
import { analyseObjects } from '../../support/analyse.js';
import { arbitrarySupposedCluster, type SupposedCluster } from '../arbitrary-hypothetical.js';
import { type ReadObjects, withSwitches } from '../arbitrary-switches.js';
import { readCluster } from '../cluster.js';
import { ExpectedAccess } from '../expected-access.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from '../generated-runs.js';
import { compareHypothetical } from './compare-hypothetical.js';
import { compareEngine } from './engine-agrees.js';

const RUNS = runCount(500);
/** Several tests, so that a run shows progress and each stays within its time. */
const SHARDS = 8;
const RUNS_EACH = Math.ceil(RUNS / SHARDS);

/** One half of the generated clusters: each is a file of tests of its own, since files run side by side. */
export function agreeOnClusters(half: 'first' | 'second'): void {
  const shards = Array.from({ length: SHARDS / 2 }, (_, i) => {
    const at = half === 'first' ? i : SHARDS / 2 + i;
    return { shard: at + 1, seed: seed() + at };
  });
  const what = `engine and oracle on the ${half} half of ${RUNS} generated clusters`;
  describe(`${what} (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
    it.each(shards)(
      'agree on every pair and port, part $shard, seed $seed',
      async ({ seed }) => {
        await checkGenerated(readClusters, { runs: RUNS_EACH, seed }, show, compare);
      },
      timeFor(RUNS_EACH),
    );
  });
}

const readClusters = withSwitches(arbitrarySupposedCluster);

function show({ objects: { objects, pod }, switches }: ReadObjects<SupposedCluster>): string {
  return `# ${JSON.stringify(switches)}, supposed: ${JSON.stringify(pod)}\n${showObjects(objects)}`;
}

async function compare({
  objects: supposed,
  switches,
}: ReadObjects<SupposedCluster>): Promise<void> {
  const { analysis } = await analyseObjects([...supposed.objects], switches);
  compareEngine(analysis, new ExpectedAccess(readCluster(supposed.objects, switches)));
  compareHypothetical(analysis, supposed);
}
