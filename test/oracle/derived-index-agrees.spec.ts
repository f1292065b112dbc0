import {
  Analysis,
  allowedAccess,
  buildIndexFrom,
  diffSnapshots,
  exportAccess,
  exportCaveats,
  findRedundancy,
} from '@portolan/engine';
import { ANY_TRAFFIC, DEFAULT_PEER_SCOPE } from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { arbitraryPolicyChange, type EditedCluster } from './arbitrary-edit.js';
import { type ReadObjects, withSwitches } from './arbitrary-switches.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';

const RUNS = Math.ceil(runCount(1_000) / 40);

describe(`indexes made of others, on ${RUNS} generated changes (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'answer, differ and export as those that were built anew',
    async () => {
      const options = { runs: RUNS, seed: seed() };
      await checkGenerated(withSwitches(arbitraryPolicyChange), options, show, compare);
    },
    timeFor(RUNS),
  );

  it('often share the classes of the other', async () => {
    const samples = fc.sample(arbitraryPolicyChange, { numRuns: 12, seed: 1 });
    const shared = await Promise.all(
      samples.map(async ({ base, head }) => {
        const [before, after] = [await analyseObjects(base), await analyseObjects(head)];
        const derived = buildIndexFrom(before.analysis, after.analysis.index.segments);
        return derived.classes === before.analysis.index.classes;
      }),
    );
    expect(shared.filter((one) => one).length).toBeGreaterThan(2);
  });
});

async function compare({ objects, switches }: ReadObjects<EditedCluster>): Promise<void> {
  const before = (await analyseObjects(objects.base, switches)).analysis;
  const after = (await analyseObjects(objects.head, switches)).analysis;
  const derived = new Analysis(buildIndexFrom(before, after.index.segments, switches));
  expect(answersOf(derived, before)).toEqual(answersOf(after, before));
  // And back again: an index that was made of another serves as well.
  const restored = new Analysis(buildIndexFrom(derived, before.index.segments, switches));
  expect(answersOf(restored, derived)).toEqual(answersOf(before, after));
}

/** What questions about a whole snapshot say, and what changed since another one. */
function answersOf(analysis: Analysis, base: Analysis): unknown {
  return {
    rows: allowedAccess(analysis, {
      from: null,
      to: null,
      traffic: ANY_TRAFFIC,
      crossNamespace: false,
      groupBy: 'WORKLOAD',
      peers: DEFAULT_PEER_SCOPE,
      page: { offset: 0, limit: 10_000 },
      isEnforced: true,
    }),
    exported: [...exportAccess(analysis, { groupBy: 'POD', isEnforced: true })],
    caveats: exportCaveats(analysis, { isEnforced: true }),
    redundancy: findRedundancy(analysis),
    diff: diffSnapshots(base, analysis, {
      namespaces: null,
      includeAddedAndRemovedWorkloads: true,
      groupBy: 'POD',
    }),
  };
}

function show({ objects, switches }: ReadObjects<EditedCluster>): string {
  const { base, head } = objects;
  return `# ${JSON.stringify(switches)}\n# base\n${showObjects(base)}\n# head\n${showObjects(head)}`;
}
