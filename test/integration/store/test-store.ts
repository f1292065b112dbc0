import { createHash } from 'node:crypto';
import type { Problem, SnapshotContent, SnapshotPart, StoredBlock } from '@portolan/model';
import {
  ClusterRepository,
  type ClusterRow,
  type Database,
  JobClaims,
  JobRepository,
  openDatabase,
  type SnapshotAbout,
  SnapshotRepository,
  type StoreOptions,
  UploadRepository,
} from '@portolan/store';
import { createTestDatabase } from '../../support/postgres.js';

/** A store on a database of its own. */
export interface TestStore {
  readonly url: string;
  readonly database: Database;
  readonly clusters: ClusterRepository;
  readonly snapshots: SnapshotRepository;
  readonly jobs: JobRepository;
  readonly claims: JobClaims;
  readonly uploads: UploadRepository;
  newCluster(): Promise<ClusterRow>;
  /** Rows of a table. */
  count(table: string): Promise<number>;
  close(): Promise<void>;
}

/** A log that nobody reads. */
export const silent: StoreOptions['log'] = { info: () => undefined, warn: () => undefined };

export async function openTestStore(): Promise<TestStore> {
  const { url, drop } = await createTestDatabase();
  const database = await openDatabase({ databaseUrl: url, log: silent });
  const clusters = new ClusterRepository(database);
  let created = 0;
  return {
    url,
    database,
    clusters,
    snapshots: new SnapshotRepository(database),
    jobs: new JobRepository(database),
    claims: new JobClaims(database),
    uploads: new UploadRepository(database),
    async newCluster() {
      const cluster = await clusters.create({
        slug: `cluster-${created++}`,
        name: '',
        labels: {},
        profile: {},
      });
      if (cluster === 'ALREADY_EXISTS') throw new Error('the slug is new');
      return cluster;
    },
    async count(table) {
      const [row] = await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
      return row!.n;
    },
    async close() {
      await database.close();
      await drop();
    },
  };
}

export const about: SnapshotAbout = {
  completeness: 'COMPLETE',
  takenAt: null,
  git: null,
  actor: 'test',
  sourceKind: 'UPLOAD',
};

/** Content of the given namespaces: the value stands for what is in the namespace, `place` for where it was declared. */
export function contentOf(
  namespaces: Readonly<Record<string, string | Uint8Array>>,
  { place = 'here', problems = [] }: { place?: string; problems?: readonly Problem[] } = {},
): SnapshotContent {
  const parts: SnapshotPart[] = Object.entries(namespaces).map(([namespace, value]) => ({
    namespace,
    segment: block(typeof value === 'string' ? Buffer.from(`segment ${value}`) : value),
    sources: block(Buffer.from(`sources ${namespace} ${place}`)),
  }));
  return {
    digest: sha256(parts.map(({ namespace, segment }) => `${namespace}=${segment.hash}`).join()),
    sourceDigest: sha256(JSON.stringify([parts.map(({ sources }) => sources.hash), problems])),
    parts,
    problems,
    problemsOmitted: 0,
    lacksKinds: false,
    skippedKinds: [],
    stats: {
      objects: 1,
      namespaces: parts.length,
      workloads: 2,
      pods: 3,
      policies: 4,
      distinctPolicySpecs: 5,
      skipped: 6,
      bytes: 5_000_000_000,
    },
  };
}

export function problem(changes: Partial<Problem> = {}): Problem {
  return {
    code: 'SYNTAX',
    severity: 'ERROR',
    outcome: 'INVALID_SYNTAX',
    location: { path: 'a.yaml', startLine: 1, endLine: 2, documentIndex: 0 },
    kind: null,
    object: null,
    field: null,
    message: 'bad indentation',
    ...changes,
  };
}

function block(bytes: Uint8Array): StoredBlock {
  return { hash: sha256(bytes), bytes };
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
