import type { JobRepository, JobRow, JobSignals, JobStatus } from '@portolan/store';
import { describe, expect, it } from 'vitest';
import { JobBoard } from './job-board.js';

interface SetUp {
  readonly board: JobBoard;
  readonly changed: (id: string) => void;
  readonly missed: () => void;
  /** Answers the oldest read that waits. */
  readonly answer: (status: JobStatus | null) => Promise<void>;
  readonly reads: () => number;
}

function setUp(): SetUp {
  const waiting: ((job: JobRow | null) => void)[] = [];
  let reads = 0;
  const jobs = {
    find: () => {
      reads++;
      return new Promise<JobRow | null>((resolve) => waiting.push(resolve));
    },
  };
  let listener: Parameters<JobSignals['listen']>[0] | undefined;
  const signals = { listen: (given: typeof listener) => (listener = given) };
  const board = new JobBoard(jobs as unknown as JobRepository, signals as unknown as JobSignals);
  board.onModuleInit();
  return {
    board,
    changed: (id) => listener?.changed(id, 'IN_PROGRESS'),
    missed: () => listener?.missed(),
    answer: async (status) => {
      waiting.shift()?.(status === null ? null : ({ id: 'a', status } as JobRow));
      await new Promise((resolve) => setImmediate(resolve));
    },
    reads: () => reads,
  };
}

describe('JobBoard', () => {
  it('reads a watched job when it changes, and no other', async () => {
    const { board, changed, answer, reads } = setUp();
    const watch = board.watch('a');
    changed('b');
    expect(reads()).toBe(0);
    changed('a');
    await answer('IN_PROGRESS');
    expect(await watch.next()).toMatchObject({ value: { status: 'IN_PROGRESS' } });
    await watch.return();
    changed('a');
    expect(reads()).toBe(1);
  });

  it('never tells an older state after a newer one', async () => {
    const { board, changed, answer, reads } = setUp();
    const watch = board.watch('a');
    for (let i = 0; i < 5; i++) changed('a');
    expect(reads()).toBe(1);
    await answer('QUEUED');
    // What changed while it was read is read once more, and not at the same time.
    expect(reads()).toBe(2);
    await answer('COMPLETED');
    expect(reads()).toBe(2);
    expect(await watch.next()).toMatchObject({ value: { status: 'COMPLETED' } });
    expect(await watch.next()).toMatchObject({ done: true });
  });

  it('reads all that is watched when something may have been missed', async () => {
    const { board, missed, answer } = setUp();
    const watch = board.watch('a');
    missed();
    await answer('COMPLETED');
    expect(await watch.next()).toMatchObject({ value: { status: 'COMPLETED' } });
  });

  it('ends all watches with the last state that there is', async () => {
    const { board, answer } = setUp();
    const watch = board.watch('a');
    const closing = board.close();
    await answer('IN_PROGRESS');
    await closing;
    expect(await watch.next()).toMatchObject({ value: { status: 'IN_PROGRESS' } });
    expect(await watch.next()).toMatchObject({ done: true });
  });
});
