import { buildIndex } from '@portolan/engine';
import { type SegmentBytes, SnapshotView } from '@portolan/model';
import { type ClusterName, loadCluster, segmentsOf } from '../clusters/load.js';

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

/** Every record of the snapshot as compact JSON: what a program without columns would read. */
function snapshotJson(parts: readonly SegmentBytes[]): string {
  const view = new SnapshotView(parts);
  const all = <T>(count: number, get: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, i) => get(i));
  return JSON.stringify({
    namespaces: all(view.namespaceCount, (i) => view.namespace(i)),
    workloads: all(view.workloadCount, (i) => view.workload(i)),
    pods: all(view.podCount, (i) => view.pod(i)),
    policies: all(view.policyCount, (i) => view.policy(i)),
  });
}
