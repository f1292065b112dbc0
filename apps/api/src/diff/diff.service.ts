import { Inject, Injectable } from '@nestjs/common';
import type { DiffOptions, SnapshotDiff } from '@portolan/model';
import { WorkerPool } from '@portolan/pool';
import type { SnapshotRow } from '@portolan/store';
import { IndexCache } from '../indexes/index-cache.js';
import { requestContext } from '../logging/request-context.js';
import { SnapshotProfiles } from '../indexes/snapshot-profiles.js';
import { AnswerCache } from '../reachability/answer-cache.js';
import { type DiffOptionsInput, readDiffOptions } from './diff.args.js';
import { toSnapshotDiffModel } from './diff.mapper.js';
import type { DiffSides, SnapshotDiffModel } from './snapshot-diff.model.js';

/** Compares snapshots, in a worker, and remembers the answers. Fails as the pool and the store do. */
@Injectable()
export class DiffService {
  constructor(
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(SnapshotProfiles) private readonly profiles: SnapshotProfiles,
    @Inject(WorkerPool) private readonly pool: WorkerPool,
    @Inject(AnswerCache) private readonly answers: AnswerCache,
  ) {}

  /** The difference of two snapshots, with both at hand. */
  async diff(
    base: SnapshotRow,
    head: SnapshotRow,
    input: DiffOptionsInput | null | undefined,
  ): Promise<SnapshotDiffModel> {
    const sides = await this.open(base, head);
    const options = readDiffOptions(input);
    return toSnapshotDiffModel(sides, options, await this.compare(sides, options));
  }

  /** Both snapshots ready to be compared: their policies are read as the head's profile says. */
  async open(base: SnapshotRow, head: SnapshotRow): Promise<DiffSides> {
    // Read alike, so that what differs is what changed. The profile of the head is known when its index is being built.
    const { profile } = await this.profiles.of(head);
    const [baseIndex, headIndex] = await Promise.all([
      this.indexes.get(base, profile),
      this.indexes.get(head),
    ]);
    return { base: baseIndex, head: headIndex };
  }

  compare({ base, head }: DiffSides, options: DiffOptions): Promise<SnapshotDiff> {
    const keys = [base.key, head.key];
    return this.answers.get(
      keys,
      { kind: 'diff', ...options },
      (signal) => this.pool.diff(base.analysis.index, head.analysis.index, options, { signal }),
      requestContext.getStore()?.signal ?? null,
    );
  }
}
