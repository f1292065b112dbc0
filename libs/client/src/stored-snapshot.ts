import { ClientError } from './client-error.js';
import type { PortolanClient } from './portolan-client.js';

/** A problem of the input of a snapshot. */
export interface InputProblem {
  readonly code: string;
  readonly severity: string;
  readonly object: string | null;
  readonly reason: string;
  readonly location: { readonly path: string; readonly startLine: number };
}

/** A snapshot as a server has it. */
export interface StoredSnapshot {
  readonly id: string;
  readonly digest: string;
  readonly completeness: string;
  readonly stats: Readonly<Record<'namespaces' | 'workloads' | 'pods' | 'policies', number>>;
  /** The first of them, and how many there are. */
  readonly problems: { readonly totalCount: number; readonly nodes: readonly InputProblem[] };
}

const SNAPSHOT = `query ($id: ID!) {
  snapshot(ref: { id: $id }) {
    id digest completeness
    stats { namespaces workloads pods policies }
    problems: inputReport(first: 100) {
      totalCount
      nodes { code severity object reason location { path startLine } }
    }
  }
}`;

/** What a server says about a snapshot. @throws ClientError */
export async function findSnapshot(client: PortolanClient, id: string): Promise<StoredSnapshot> {
  const { snapshot } = await client.query<{ readonly snapshot: StoredSnapshot | null }>(SNAPSHOT, {
    id,
  });
  if (snapshot === null) throw new ClientError(`Snapshot ${id} is gone again`);
  return snapshot;
}
