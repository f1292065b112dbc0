import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIndex } from '@portolan/engine';
import type { SnapshotContent } from '@portolan/model';
import {
  ClusterRepository,
  openDatabase,
  SnapshotRepository,
  startEmbeddedPostgres,
} from '@portolan/store';
import { type ClusterName, loadCluster } from '../clusters/load.js';
import { snapshotJson } from '../clusters/snapshot-json.js';

/**
 * Prints how long it takes to load a snapshot from a PostgreSQL of its own and to analyse it, in a process that has done
 * neither before, and JSON.parse of the same snapshot.
 */
const content = await loadCluster(process.argv[2] as ClusterName);
const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
// As root, PostgreSQL runs as another user, who has to get through.
chmodSync(folder, 0o755);
const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'data') });
try {
  process.stdout.write(JSON.stringify(await measure(postgres.url, content)));
} finally {
  await postgres.stop();
  rmSync(postgres.folder, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

async function measure(
  databaseUrl: string,
  stored: SnapshotContent,
): Promise<Record<'load' | 'analysis' | 'parse' | 'classes' | 'jsonBytes', number>> {
  const log = { info: () => undefined, warn: () => undefined };
  const database = await openDatabase({ databaseUrl, log });
  try {
    const snapshots = new SnapshotRepository(database);
    const id = await store(new ClusterRepository(database), snapshots, stored);
    const start = performance.now();
    const segments = await snapshots.loadSegments(id);
    const load = performance.now() - start;
    const index = buildIndex(segments);
    const analysis = performance.now() - start - load;
    const json = snapshotJson(segments);
    const parsing = performance.now();
    JSON.parse(json);
    const parse = performance.now() - parsing;
    return { load, analysis, parse, classes: index.classes.count, jsonBytes: json.length };
  } finally {
    await database.close();
  }
}

async function store(
  clusters: ClusterRepository,
  snapshots: SnapshotRepository,
  stored: SnapshotContent,
): Promise<string> {
  const cluster = await clusters.create({ slug: 'bench', name: '', labels: {}, profile: {} });
  if (cluster === 'ALREADY_EXISTS') throw new Error('the database is new');
  const about = { completeness: 'COMPLETE', takenAt: null, git: null, actor: 'bench' } as const;
  const { snapshot } = await snapshots.save(cluster.id, stored, { ...about, sourceKind: 'UPLOAD' });
  return snapshot.id;
}
