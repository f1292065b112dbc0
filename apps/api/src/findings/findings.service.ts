import { Inject, Injectable } from '@nestjs/common';
import { ENGINE_VERSION } from '@portolan/engine';
import {
  type FindingChanges,
  type FindingsDocument,
  type FoundFindings,
  type FoundSnapshot,
  WorkerPool,
} from '@portolan/pool';
import { snapshotCaveats } from '@portolan/report';
import { SnapshotRepository } from '@portolan/store';
import { IndexCache } from '../indexes/index-cache.js';
import type { IndexedSnapshot } from '../indexes/indexed-snapshot.js';
import { MemoCache } from '../indexes/memo-cache.js';
import { requestContext } from '../logging/request-context.js';
import { AnswerCache } from '../reachability/answer-cache.js';
import { loadInputFacts } from '../snapshots/load-input-facts.js';
import type { WantedReport } from './read-findings-query.js';

/** Bytes of documents that are kept: a cluster of 50,000 pods has one of some 9 MB. */
const DOCUMENT_BYTES = 32 * 1024 * 1024;

/**
 * Findings of stored snapshots, found in a worker, under the profile that holds for them. They are remembered for a day, because annotations
 * expire. Work ends when everybody who waits for it has left. Fails as the pool and the store do.
 */
@Injectable()
export class FindingsService {
  readonly #documents = new MemoCache<FindingsDocument>({
    maxWeight: DOCUMENT_BYTES,
    weigh: ({ bytes }) => bytes.byteLength,
  });

  constructor(
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(SnapshotRepository) private readonly repository: SnapshotRepository,
    @Inject(WorkerPool) private readonly pool: WorkerPool,
    @Inject(AnswerCache) private readonly answers: AnswerCache,
  ) {}

  /** All findings of a snapshot. */
  of(snapshot: IndexedSnapshot): Promise<FoundFindings> {
    return this.#find(snapshot, todayInUtc(), leavingSignal());
  }

  /** What is new in the head and what is gone of the base. Both are read as the head's profile says, and as parts of a cluster unless both are whole. */
  changes(base: IndexedSnapshot, head: IndexedSnapshot): Promise<FindingChanges> {
    const isComplete = [base, head].every(({ row }) => row.completeness === 'COMPLETE');
    const terms = { profile: head.profile, isComplete, today: todayInUtc() };
    return this.answers.get(
      [base.key, head.key],
      { kind: 'findingChanges', ...terms },
      async (signal) => {
        const sides = { base: await this.#load(base), head: await this.#load(head) };
        return this.pool.compareFindings({ ...sides, ...terms }, { signal });
      },
      leavingSignal(),
    );
  }

  /** The document that `portolan check` would write of a snapshot. */
  document(
    snapshot: IndexedSnapshot,
    name: string,
    { today: given, ...wanted }: WantedReport,
  ): Promise<FindingsDocument> {
    const { row, profile, analysis } = snapshot;
    const today = given ?? todayInUtc();
    const caveats = snapshotCaveats(row, snapshot);
    const isComplete = row.completeness === 'COMPLETE';
    const about = { ...wanted, name, digest: row.digest, isComplete, today, caveats };
    const key = JSON.stringify([ENGINE_VERSION, snapshot.key, profile, about]);
    return this.#documents.get(
      key,
      async (signal) => {
        const found = await this.#find(snapshot, today, signal);
        const sources = await this.indexes.sourceBlocks(row);
        const call = { ...about, index: analysis.index, sources, found };
        return this.pool.reportFindings(call, { signal });
      },
      leavingSignal(),
    );
  }

  #find(
    snapshot: IndexedSnapshot,
    today: string,
    signal: AbortSignal | null,
  ): Promise<FoundFindings> {
    const { row, profile } = snapshot;
    const terms = { profile, isComplete: row.completeness === 'COMPLETE', today };
    return this.answers.get(
      [snapshot.key],
      { kind: 'findings', ...terms },
      async (left) =>
        this.pool.findings({ side: await this.#load(snapshot), ...terms }, { signal: left }),
      signal,
    );
  }

  async #load({ row, analysis }: IndexedSnapshot): Promise<FoundSnapshot> {
    const [sources, facts] = await Promise.all([
      this.indexes.sourceBlocks(row),
      loadInputFacts(this.repository, row),
    ]);
    return { index: analysis.index, sources, ...facts };
  }
}

function todayInUtc(): string {
  return new Date().toISOString().slice(0, 10);
}

function leavingSignal(): AbortSignal | null {
  return requestContext.getStore()?.signal ?? null;
}
