import { Inject, Injectable } from '@nestjs/common';
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
import { requestContext } from '../logging/request-context.js';
import { AnswerCache } from '../reachability/answer-cache.js';
import { loadInputFacts } from '../snapshots/load-input-facts.js';
import type { WantedReport } from './read-findings-query.js';

/**
 * Findings of stored snapshots, found in a worker, under the profile that holds for them. They are remembered for a day, because annotations
 * expire. Work ends when everybody who waits for it has left. Fails as the pool and the store do.
 */
@Injectable()
export class FindingsService {
  constructor(
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(SnapshotRepository) private readonly repository: SnapshotRepository,
    @Inject(WorkerPool) private readonly pool: WorkerPool,
    @Inject(AnswerCache) private readonly answers: AnswerCache,
  ) {}

  /** All findings of a snapshot. */
  of(snapshot: IndexedSnapshot, today = todayInUtc()): Promise<FoundFindings> {
    const { row, profile } = snapshot;
    const terms = { profile, isComplete: row.completeness === 'COMPLETE', today };
    return this.answers.get(
      [row.key],
      { kind: 'findings', ...terms },
      async (signal) =>
        this.pool.findings({ side: await this.#load(snapshot), ...terms }, { signal }),
      leavingSignal(),
    );
  }

  /** What is new in the head and what is gone of the base. Both are read as the head's profile says, and as parts of a cluster unless both are whole. */
  changes(base: IndexedSnapshot, head: IndexedSnapshot): Promise<FindingChanges> {
    const isComplete = [base, head].every(({ row }) => row.completeness === 'COMPLETE');
    const terms = { profile: head.profile, isComplete, today: todayInUtc() };
    return this.answers.get(
      [base.row.key, head.row.key],
      { kind: 'findingChanges', ...terms },
      async (signal) => {
        const sides = { base: await this.#load(base), head: await this.#load(head) };
        return this.pool.compareFindings({ ...sides, ...terms }, { signal });
      },
      leavingSignal(),
    );
  }

  /** The document that `portolan check` would write of a snapshot. */
  async document(
    snapshot: IndexedSnapshot,
    name: string,
    { today: given, ...wanted }: WantedReport,
  ): Promise<FindingsDocument> {
    const { row, analysis } = snapshot;
    const today = given ?? todayInUtc();
    const found = await this.of(snapshot, today);
    const signal = leavingSignal() ?? undefined;
    return this.pool.reportFindings(
      {
        index: analysis.index,
        sources: await this.indexes.sourceBlocks(row),
        found,
        name,
        digest: row.digest,
        isComplete: row.completeness === 'COMPLETE',
        today,
        caveats: snapshotCaveats(row, snapshot),
        ...wanted,
      },
      { signal },
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
