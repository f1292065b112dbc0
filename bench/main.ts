import { analysisGoals } from './goals/analysis.js';
import { blastRadiusGoals } from './goals/blast-radius.js';
import { diffGoals } from './goals/diff.js';
import { findingGoals } from './goals/findings.js';
import { hostileGoals } from './goals/hostile.js';
import { ingestGoals } from './goals/ingest.js';
import { lightQuestionGoals } from './goals/light-questions.js';
import { matrixGoals } from './goals/matrix.js';
import { memoryGoal } from './goals/memory.js';
import { nextSnapshotGoals } from './goals/next-snapshot.js';
import { commandOf, peerGoals } from './goals/peer.js';
import { questionGoals } from './goals/questions.js';
import { type Figure, isMet, line } from './goal.js';
import { type Goal, wantedGoals } from './wanted-goals.js';

/**
 * Prints one line for each goal: ratios within one run on one machine, since absolute times mean nothing elsewhere.
 * `--quick` takes small clusters, `--only G2,G10` measures these goals alone, `--json` prints JSON, `--against 'COMMAND {dir}'`
 * times another analyser beside ours. The exit code says nothing about the figures: it is 1 when a goal could not be measured,
 * or has no line.
 */
const GOALS: readonly Goal[] = [
  { ids: ['G1L', 'G1', 'G7L', 'G7', 'G8', 'G8P', 'G8X', 'G9', 'GA'], measure: analysisGoals },
  { ids: ['G8a', 'G8b', 'G8c', 'G8d'], measure: hostileGoals },
  { ids: ['G4Y', 'G4'], measure: ingestGoals },
  { ids: ['G6'], measure: matrixGoals },
  { ids: ['G10', 'G10A'], measure: blastRadiusGoals },
  { ids: ['G12'], measure: findingGoals },
  { ids: ['G3'], measure: diffGoals },
  { ids: ['G11'], measure: nextSnapshotGoals },
  { ids: ['G2'], measure: questionGoals },
  { ids: ['G2E'], measure: lightQuestionGoals },
  { ids: ['G4M'], measure: (isQuick) => memoryGoal('yaml', isQuick) },
  { ids: ['G4J'], measure: (isQuick) => memoryGoal('json', isQuick) },
  { ids: ['G7S'], measure: (isQuick) => memoryGoal('snapshots', isQuick) },
  { ids: ['G5'], measure: (isQuick) => peerGoals(isQuick, commandOf(process.argv)) },
];

const isQuick = process.argv.includes('--quick');
const isJson = process.argv.includes('--json');

const figures: Figure[] = [];
for (const { ids, measure } of wantedGoals(GOALS, process.argv)) {
  try {
    const found = await measure(isQuick);
    figures.push(...found);
    if (!isJson) for (const figure of found) process.stdout.write(`${line(figure)}\n`);
    const missing = ids.filter((id) => !found.some((figure) => figure.id === id));
    if (missing.length > 0) throw new Error(`no line for ${missing.join(', ')}`);
    if (found.some(({ value }) => Number.isNaN(value))) throw new Error('a figure is no number');
  } catch (error) {
    // The others are measured all the same.
    process.stderr.write(`${ids.join(', ')} failed: ${String(error)}\n`);
    process.exitCode = 1;
  }
}
if (isJson)
  process.stdout.write(
    `${JSON.stringify(
      figures.map((figure) => ({ ...figure, met: isMet(figure) })),
      null,
      2,
    )}\n`,
  );
