import { describe, expect, it } from 'vitest';
import { Admission, type Lane } from './admission.js';

/** Enters without waiting for the promise, and notes what became of it. */
function enter(admission: Admission, lane: Lane, signal?: AbortSignal): Entry {
  const entry: Entry = { state: 'waiting', leave: () => undefined };
  admission.enter(lane, signal).then(
    (leave) => Object.assign(entry, { state: 'running', leave }),
    (error: unknown) => Object.assign(entry, { state: (error as { code: string }).code }),
  );
  return entry;
}

interface Entry {
  readonly state: string;
  readonly leave: () => void;
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The states of tasks that enter in this order. */
async function statesOf(threads: number, lanes: readonly Lane[]): Promise<string> {
  const admission = new Admission({ threads, maxQueue: 10 });
  const entries = lanes.map((lane) => enter(admission, lane));
  await settle();
  return entries.map(({ state }) => state[0]).join('');
}

describe('admission', () => {
  it.each<[number, readonly Lane[], string]>([
    // With two threads one is left for whatever is not bulk.
    [2, ['bulk', 'bulk', 'quick', 'quick'], 'rwrw'],
    [2, ['bulk', 'bulk', 'ingest', 'quick'], 'rwrw'],
    [2, ['ingest', 'ingest', 'quick'], 'rrw'],
    // With three there is always one for quick tasks, and one for ingestion.
    [3, ['bulk', 'bulk', 'ingest', 'ingest', 'quick', 'quick'], 'rwrwrw'],
    [3, ['ingest', 'ingest', 'ingest', 'quick'], 'rrwr'],
    [4, ['bulk', 'bulk', 'bulk', 'ingest', 'ingest', 'quick'], 'rrwrwr'],
    // Quick tasks may have all threads.
    [3, ['quick', 'quick', 'quick', 'bulk', 'ingest'], 'rrrww'],
    // What runs in another lane counts as well.
    [3, ['quick', 'ingest', 'ingest', 'bulk'], 'rrrw'],
  ])('with %i threads, %j', async (threads, lanes, expected) => {
    expect(await statesOf(threads, lanes)).toBe(expected);
  });

  it('lets the oldest go first whose lane has room', async () => {
    const admission = new Admission({ threads: 2, maxQueue: 10 });
    const [bulk, quick] = [enter(admission, 'bulk'), enter(admission, 'quick')];
    const waiting = (['bulk', 'ingest', 'quick'] as const).map((lane) => enter(admission, lane));
    await settle();
    quick.leave();
    await settle();
    expect(waiting.map(({ state }) => state)).toEqual(['waiting', 'running', 'waiting']);
    bulk.leave();
    await settle();
    expect(waiting.map(({ state }) => state)).toEqual(['running', 'running', 'waiting']);
    expect(admission.waiting).toBe(1);
  });

  it('refuses at once what exceeds the queue of its lane, and of no other', async () => {
    const admission = new Admission({ threads: 2, maxQueue: 1 });
    const lanes: Lane[] = ['bulk', 'quick', 'bulk', 'bulk', 'ingest', 'ingest'];
    const entries = lanes.map((lane) => enter(admission, lane));
    await settle();
    expect(entries.map(({ state }) => state)).toEqual([
      ...['running', 'running', 'waiting', 'QUEUE_FULL', 'waiting', 'QUEUE_FULL'],
    ]);
    expect(admission.waiting).toBe(2);
  });

  it('forgets a waiting task whose signal is aborted', async () => {
    const admission = new Admission({ threads: 2, maxQueue: 10 });
    const running = [enter(admission, 'quick'), enter(admission, 'quick')];
    const controller = new AbortController();
    const [cancelled, next] = [
      enter(admission, 'quick', controller.signal),
      enter(admission, 'quick'),
    ];
    controller.abort();
    await settle();
    expect(cancelled.state).toBe('TASK_CANCELLED');
    expect(admission.waiting).toBe(1);
    running[0]?.leave();
    await settle();
    expect(next.state).toBe('running');
  });

  it('cancels what waits and refuses what comes when closed', async () => {
    const admission = new Admission({ threads: 2, maxQueue: 10 });
    const lanes: Lane[] = ['quick', 'quick', 'quick'];
    const entries = lanes.map((lane) => enter(admission, lane));
    admission.close();
    entries.push(enter(admission, 'quick'));
    await settle();
    expect(entries.map(({ state }) => state)).toEqual([
      ...['running', 'running', 'TASK_CANCELLED', 'TASK_CANCELLED'],
    ]);
  });
});
