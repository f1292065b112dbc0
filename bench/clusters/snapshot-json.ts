import { type SegmentBytes, SnapshotView } from '@portolan/model';

/** Every record of the snapshot as compact JSON: what a program without columns would read. */
export function snapshotJson(parts: readonly SegmentBytes[]): string {
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
