import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Analysis,
  buildIndex,
  canReach,
  detectProfile,
  diffSnapshots,
  exportAccess,
  profileOf,
  type SnapshotIndex,
  whoCanReach,
} from '@portolan/engine';
import { DEFAULT_MANIFEST_LIMITS as LIMITS } from '@portolan/manifests';
import {
  ANY_TRAFFIC,
  DEFAULT_PEER_SCOPE,
  DEFAULT_SWITCHES,
  type EndpointSelection,
  type SegmentBytes,
  type SnapshotContent,
  SnapshotView,
  SourceView,
} from '@portolan/model';
import { byGravity, findInState } from '@portolan/review';
import type { IngestProgress, PoolQuestion } from './messages.js';
import { WorkerPool } from './worker-pool.js';

const POLICY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db-from-web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress:
    - from: [{ podSelector: { matchLabels: { app: web } } }]
      ports: [{ port: 5432 }]
`;
const SHOP = ['web', 'db', 'job'].map(podYaml).join('---\n');
const CLOSED_SHOP = `${SHOP}---${POLICY}`;

function podYaml(app: string): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: ${app}, namespace: shop, labels: { app: ${app} } }
spec: { containers: [{ name: main, image: x }] }
`;
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const workload = (name: string): EndpointSelection => ({
  kind: 'workload',
  namespace: 'shop',
  name,
  workloadKind: null,
});
const segmentsOf = ({ parts }: SnapshotContent): SegmentBytes[] =>
  parts.map(({ namespace, segment }) => ({ namespace, ...segment }));

const WHO = {
  kind: 'whoCanReach',
  endpoint: workload('db'),
  traffic: ANY_TRAFFIC,
  groupBy: 'WORKLOAD',
  peers: DEFAULT_PEER_SCOPE,
  page: { offset: 0, limit: 100 },
  isExplained: true,
  isEnforced: true,
} as const satisfies PoolQuestion;
const CAN = {
  kind: 'canReach',
  from: workload('job'),
  to: workload('db'),
  traffic: ANY_TRAFFIC,
  isEnforced: true,
} as const satisfies PoolQuestion;
const DIFF = {
  namespaces: null,
  includeAddedAndRemovedWorkloads: true,
  groupBy: 'WORKLOAD',
} as const;

describe('the worker pool', { timeout: 60_000 }, () => {
  let pool: WorkerPool;
  let folder: string;
  let open: SnapshotIndex;
  let closed: SnapshotIndex;

  const ingest = (text: string): Promise<SnapshotContent> =>
    pool.ingest({ kind: 'files', files: [{ path: 'all.yaml', content: bytesOf(text) }] }, LIMITS);
  /** What the engine says on this thread, to compare with. */
  const here = (index: SnapshotIndex): Analysis => new Analysis(index);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-pool-'));
    const log = { warn: () => undefined };
    pool = new WorkerPool({ threads: 2, maxQueue: 10, taskTimeoutMs: 60_000, log });
    await pool.ready();
    open = await pool.buildIndex(segmentsOf(await ingest(SHOP)), DEFAULT_SWITCHES);
    closed = await pool.buildIndex(segmentsOf(await ingest(CLOSED_SHOP)), DEFAULT_SWITCHES);
  }, 60_000);
  afterAll(async () => {
    await pool.close();
    await rm(folder, { recursive: true });
  });

  it('reads a spooled upload as it reads files, and reports progress', async () => {
    const path = join(folder, 'upload');
    await writeFile(path, CLOSED_SHOP);
    const progress: IngestProgress[] = [];
    const onProgress = (report: IngestProgress): number => progress.push(report);
    const source = { kind: 'file', path, name: 'all.yaml' } as const;
    const content = await pool.ingest(source, LIMITS, { onProgress });
    expect(content).toEqual(await ingest(CLOSED_SHOP));
    expect(content.stats).toMatchObject({ pods: 3, policies: 1 });
    expect(progress.at(-1)?.phase).toBe('BUILD');
  });

  it('gives back bad input as problems', async () => {
    const path = join(folder, 'no-archive');
    await writeFile(path, gzipSync('not a tar archive'));
    const { problems } = await pool.ingest({ kind: 'tarGzFile', path }, LIMITS);
    expect(problems.map(({ severity }) => severity)).toContain('ERROR');
  });

  it('passes on that an upload is not there', async () => {
    const missing = { kind: 'tarGzFile', path: join(folder, 'missing') } as const;
    await expect(pool.ingest(missing, LIMITS)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('builds the index that the engine builds, in shared memory', async () => {
    const segments = segmentsOf(await ingest(CLOSED_SHOP));
    expect(closed).toEqual(buildIndex(segments));
    for (const { bytes } of closed.segments) expect(bytes.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('detects what the engine detects', async () => {
    const segments = segmentsOf(await ingest(CLOSED_SHOP));
    expect(await pool.detectProfile(segments, true)).toEqual(
      detectProfile(new SnapshotView(segments), true),
    );
  });

  it('answers as the engine does', async () => {
    const page = await pool.ask(closed, WHO);
    expect(page).toEqual(whoCanReach(here(closed), WHO));
    expect(page).toMatchObject({ ok: true, answer: { rows: [{ source: { name: 'web' } }] } });
    expect(await pool.ask(closed, CAN)).toMatchObject({ ok: true, answer: { verdict: 'DENIED' } });
    expect(await pool.ask(open, CAN)).toEqual(canReach(here(open), CAN));
    const unknown = { ...CAN, to: workload('nobody') };
    expect(await pool.ask(open, unknown)).toMatchObject({ ok: false, problem: { argument: 'to' } });
  });

  it('compares snapshots', async () => {
    const diff = await pool.diff(open, closed, DIFF);
    expect(diff).toEqual(diffSnapshots(here(open), here(closed), DIFF));
    expect(diff.equivalent).toBe(false);
    expect(await pool.diff(open, open, DIFF)).toMatchObject({ equivalent: true, changes: [] });
  });

  it('finds what the rules find, compares it, and writes it down', async () => {
    const side = async (text: string, index: SnapshotIndex) => {
      const { parts, problems, problemsOmitted, skippedKinds } = await ingest(text);
      const sources = parts.map((part) => ({ namespace: part.namespace, ...part.sources }));
      return { index, sources, problems, problemsOmitted, skippedKinds };
    };
    const { profile } = profileOf(here(closed).view, true);
    const terms = { profile, isComplete: true, today: '2026-03-01' };
    const head = await side(CLOSED_SHOP, closed);
    const found = await pool.findings({ side: head, ...terms });
    const analysis = here(closed);
    const state = { ...head, analysis, sources: new SourceView(analysis.view, head.sources) };
    const expected = findInState(state, { ...terms, settings: new Map(), base: null });
    expect(found).toMatchObject({ findings: expected.sort(byGravity), omitted: [] });
    expect(expected.length).toBeGreaterThan(0);

    const base = await side(SHOP, open);
    const { added, gone } = await pool.compareFindings({ base, head, ...terms });
    const rulesOf = ({ findings }: typeof added) => findings.map(({ rule }) => rule);
    expect(rulesOf(added)).toContain('NP106');
    expect(rulesOf(gone)).toContain('NP501');
    expect((await pool.compareFindings({ base: head, head, ...terms })).added.findings).toEqual([]);

    const { bytes, verdict } = await pool.reportFindings({
      index: closed,
      sources: head.sources,
      found,
      name: 'shop',
      today: '2026-03-01',
      digest: 'd',
      isComplete: true,
      caveats: [],
      settings: [['NP106', 'CRITICAL']],
      failOn: 'CRITICAL',
      minSeverity: 'CRITICAL',
      format: 'json',
    });
    expect(verdict).toBe('FAILED');
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({
      input: { name: 'shop', digest: 'd' },
      findings: [{ rule: 'NP106', severity: 'CRITICAL', place: { path: 'all.yaml' } }],
    });
  });

  it('exports all allowed access', async () => {
    const exported = { groupBy: 'WORKLOAD', isEnforced: true } as const;
    const request = { format: 'json', about: { id: '1' }, ...exported } as const;
    const chunks: Uint8Array[] = [];
    for await (const chunk of pool.exportAccess(closed, request)) chunks.push(chunk);
    const document: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const rowCount = [...exportAccess(here(closed), request)].length;
    expect(rowCount).toBeGreaterThan(1);
    expect(document).toMatchObject({ snapshot: { id: '1' }, rowCount });
  });

  it('may leave an export before it begins', async () => {
    const reader = pool.exportAccess(closed, { format: 'csv', groupBy: 'POD', isEnforced: true });
    await reader.return();
    expect(pool.queueLength).toBe(0);
  });
});
