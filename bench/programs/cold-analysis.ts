import { buildIndex } from '@portolan/engine';
import { type ClusterName, loadCluster, segmentsOf } from '../clusters/load.js';
import { snapshotJson } from '../clusters/snapshot-json.js';

/** Prints how long a full analysis takes in a process that has done none before, and JSON.parse of the same snapshot. */
const segments = segmentsOf(await loadCluster(process.argv[2] as ClusterName));
const json = snapshotJson(segments);
const start = performance.now();
const index = buildIndex(segments);
const analysis = performance.now() - start;
const parsing = performance.now();
JSON.parse(json);
const parse = performance.now() - parsing;
process.stdout.write(
  JSON.stringify({
    analysis,
    parse,
    classes: index.classes.count,
    bytes: index.byteLength,
    jsonBytes: json.length,
  }),
);
