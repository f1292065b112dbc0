import type { PortolanClient } from '@portolan/client';

interface Report {
  readonly totalCount: number;
  readonly nodes: readonly {
    readonly severity: string;
    readonly kind: string | null;
    readonly object: string | null;
    readonly reason: string;
  }[];
}

interface SnapshotAnswer {
  readonly snapshot: {
    readonly completeness: string;
    readonly stats: Readonly<Record<'namespaces' | 'workloads' | 'pods' | 'policies', number>>;
    readonly notListed: Report;
    readonly invalid: Report;
    readonly unsupported: Report;
  } | null;
}

const SNAPSHOT = `query ($id: ID!) {
  snapshot(ref: { id: $id }) {
    completeness
    stats { namespaces workloads pods policies }
    notListed: inputReport(outcome: NOT_LISTED, first: 100) { ...report }
    invalid: inputReport(outcome: INVALID_OBJECT, first: 20) { ...report }
    unsupported: inputReport(outcome: UNSUPPORTED_POLICY_KIND, first: 20) { ...report }
  }
}
fragment report on InputItemConnection { totalCount nodes { severity kind object reason } }`;

/** A stored snapshot in some lines: where it is, what it has, and what is wrong with it or missing. */
export async function describeSnapshot(
  client: PortolanClient,
  id: string,
  cluster: string,
): Promise<string[]> {
  const { snapshot } = await client.query<SnapshotAnswer>(SNAPSHOT, { id });
  const lines = [`Snapshot ${id} of cluster ${cluster}: ${snapshot?.completeness ?? 'gone again'}`];
  if (snapshot === null) return lines;
  const { stats, notListed, invalid, unsupported } = snapshot;
  const { namespaces, workloads, pods, policies } = stats;
  return [
    ...lines,
    `  ${client.address(`/v1/snapshots/${encodeURIComponent(id)}/allowed-access`)}`,
    `  ${namespaces} namespaces, ${workloads} workloads, ${pods} pods, ${policies} policies`,
    ...[notListed, invalid, unsupported].flatMap(problemsOf),
  ];
}

function problemsOf({ totalCount, nodes }: Report): string[] {
  const more = totalCount - nodes.length;
  return [
    ...nodes.map(
      ({ severity, kind, object, reason }) =>
        `  ${severity} ${[kind, object].filter((part) => part !== null).join(' ')}: ${reason}`,
    ),
    ...(more > 0 ? [`  … and ${more} more like this`] : []),
  ];
}
