import { analysisGoals } from './goals/analysis.js';
import { blastRadiusGoals } from './goals/blast-radius.js';
import { diffGoals } from './goals/diff.js';
import { findingGoals } from './goals/findings.js';
import { ingestGoals } from './goals/ingest.js';
import { matrixGoals } from './goals/matrix.js';
import { memoryGoals } from './goals/memory.js';
import { nextSnapshotGoals } from './goals/next-snapshot.js';
import { commandOf, peerGoals } from './goals/peer.js';
import { questionGoals } from './goals/questions.js';
import { type Figure, isMet, line } from './goal.js';

/**
 * Prints one line for each goal: ratios within one run on one machine, since absolute times mean nothing elsewhere.
 * `--quick` leaves the largest clusters out, `--json` prints JSON, `--against 'COMMAND {dir}'` times another analyser beside
 * ours. The exit code says nothing about the figures.
 */
const isQuick = process.argv.includes('--quick');
const isJson = process.argv.includes('--json');
const peer = commandOf(process.argv);

const figures: Figure[] = [];
for (const goals of [
  analysisGoals,
  ingestGoals,
  matrixGoals,
  blastRadiusGoals,
  findingGoals,
  diffGoals,
  nextSnapshotGoals,
  questionGoals,
  memoryGoals,
  (quick: boolean) => peerGoals(quick, peer),
]) {
  const found = await goals(isQuick);
  figures.push(...found);
  if (!isJson) for (const figure of found) process.stdout.write(`${line(figure)}\n`);
}
if (isJson)
  process.stdout.write(
    `${JSON.stringify(
      figures.map((figure) => ({ ...figure, met: isMet(figure) })),
      null,
      2,
    )}\n`,
  );
