import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { programFile } from '../../../../test/support/programs.js';
import { CHUNK_WINDOW } from './protocol.js';
import { CHUNK_BYTES, type ModeTask, newMarks } from './modes.test-support.js';
import { TaskPool, type TaskPoolOptions, type TaskRun } from './task-pool.js';

const QUICK: TaskRun = { lane: 'quick' };
const BULK: TaskRun = { lane: 'bulk' };

function newPool(options: Partial<TaskPoolOptions<ModeTask>> = {}): TaskPool<ModeTask> {
  return new TaskPool<ModeTask>({
    entry: pathToFileURL(programFile('modes.test-support')),
    threads: 2,
    maxQueue: 2,
    taskTimeoutMs: 60_000,
    maxOldGenerationSizeMb: 64,
    closeTimeoutMs: 60_000,
    log: { warn: () => undefined },
    ping: { kind: 'ok', value: null },
    ...options,
  });
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const codeOf = (running: Promise<unknown>): Promise<unknown> =>
  running.then(
    () => 'ok',
    (error: unknown) => (error as { code: string }).code,
  );

/** What keeps the process alive. */
const resources = (): string[] =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => ['MessagePort', 'Worker', 'Timeout'].includes(kind))
    .sort();

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

/** The number that fills each chunk, and whether every chunk is whole. */
async function collect(stream: AsyncIterable<Uint8Array>): Promise<number[]> {
  const bytes: number[] = [];
  for await (const chunk of stream) bytes.push(...chunk);
  const firsts = bytes.filter((_, i) => i % CHUNK_BYTES === 0);
  expect(bytes).toEqual(firsts.flatMap((byte) => new Array<number>(CHUNK_BYTES).fill(byte)));
  return firsts;
}

describe('a pool of threads', { timeout: 60_000 }, () => {
  let pool: TaskPool<ModeTask>;
  const gates: Int32Array[] = [];

  /** A task that runs until the gate is opened. */
  function waiting(): { readonly task: ModeTask; readonly gate: Int32Array } {
    const gate = newMarks();
    gates.push(gate);
    return { task: { kind: 'wait', marks: gate }, gate };
  }

  beforeAll(async () => {
    pool = newPool();
    await pool.ready();
  }, 60_000);
  afterEach(() => gates.forEach((gate) => Atomics.store(gate, 0, 1)));
  afterAll(() => pool.close());

  it('runs as many tasks at once as it has threads', async () => {
    const both = [waiting(), waiting()];
    const first = pool.run(both[0]!.task, QUICK);
    const second = pool.run(both[1]!.task, QUICK);
    // The second can only end while the first still runs if it has a thread of its own.
    Atomics.store(both[1]!.gate, 0, 1);
    expect(await second).toBe('waited');
    Atomics.store(both[0]!.gate, 0, 1);
    expect(await first).toBe('waited');
  });

  it('refuses at once what exceeds the queue', async () => {
    const tasks = Array.from({ length: 5 }, waiting);
    const codes = tasks.map(({ task }) => codeOf(pool.run(task, QUICK)));
    expect(await codes[4]).toBe('QUEUE_FULL');
    expect(pool.queueLength).toBe(2);
    gates.forEach((gate) => Atomics.store(gate, 0, 1));
    expect(await Promise.all(codes)).toEqual(['ok', 'ok', 'ok', 'ok', 'QUEUE_FULL']);
    expect(pool.queueLength).toBe(0);
  });

  it('cancels a waiting task without touching the running ones', async () => {
    const running = [waiting(), waiting()].map(({ task }) => pool.run(task, QUICK));
    const controller = new AbortController();
    const code = codeOf(pool.run(waiting().task, { ...QUICK, signal: controller.signal }));
    controller.abort();
    expect(await code).toBe('TASK_CANCELLED');
    gates.forEach((gate) => Atomics.store(gate, 0, 1));
    expect(await Promise.all(running)).toEqual(['waited', 'waited']);
  });

  it('cancels a running task, although it never looks up', async () => {
    const marks = newMarks();
    const controller = new AbortController();
    const hanging: TaskRun = { ...QUICK, signal: controller.signal };
    const code = codeOf(pool.run({ kind: 'hang', marks }, hanging));
    await until(() => Atomics.load(marks, 0) > 0);
    controller.abort();
    expect(await code).toBe('TASK_CANCELLED');
    const stopped = Atomics.load(marks, 0);
    await sleep(50);
    expect(Atomics.load(marks, 0)).toBe(stopped);
  });

  it('keeps a thread for other work while bulk work goes on', async () => {
    const bulk = [waiting(), waiting()].map(({ task }) => pool.run(task, BULK));
    for (let i = 0; i < 5; i++) {
      expect(await pool.run({ kind: 'ok', value: i }, { lane: 'ingest' })).toBe(i);
    }
    expect(pool.queueLength).toBe(1);
    gates.forEach((gate) => Atomics.store(gate, 0, 1));
    await Promise.all(bulk);
  });

  it('is healthy while it works, and not when closed', async () => {
    const busy = [waiting(), waiting()].map(({ task }) => pool.run(task, QUICK));
    expect(pool.isHealthy()).toBe(true);
    gates.forEach((gate) => Atomics.store(gate, 0, 1));
    await Promise.all(busy);
    expect(pool.isHealthy()).toBe(true);
    const closed = newPool();
    await closed.close();
    expect(closed.isHealthy()).toBe(false);
  });

  it('is not healthy when its threads die', async () => {
    const task: ModeTask = { kind: 'die', how: 'exit', times: 99, marks: newMarks() };
    const sick = newPool({ ping: task });
    sick.isHealthy();
    await until(() => !sick.isHealthy());
    await sick.close();
  });

  describe('streaming', () => {
    const stream = (task: ModeTask, signal?: AbortSignal): AsyncGenerator<Uint8Array> =>
      pool.stream(task, { ...BULK, signal });
    const chunks = (count: number, marks = newMarks(), dieAt: number | null = null): ModeTask => ({
      kind: 'chunks',
      count,
      dieAt,
      marks,
    });

    it('delivers all chunks in order', async () => {
      const numbers = Array.from({ length: 50 }, (_, i) => i);
      expect(await collect(stream(chunks(50)))).toEqual(numbers);
      expect(await collect(stream(chunks(0)))).toEqual([]);
    });

    it('lets the thread run ahead of the reader by a few chunks only', async () => {
      const marks = newMarks();
      const reader = stream(chunks(20, marks));
      await reader.next();
      await until(() => Atomics.load(marks, 0) >= CHUNK_WINDOW);
      await sleep(100);
      expect(Atomics.load(marks, 0)).toBe(CHUNK_WINDOW);
      await reader.next();
      await until(() => Atomics.load(marks, 0) > CHUNK_WINDOW);
      await sleep(100);
      expect(Atomics.load(marks, 0)).toBe(CHUNK_WINDOW + 1);
      expect((await collect(reader)).length).toBe(18);
    });

    it.each([0, 3, 12])('goes on after the thread died before chunk %i', async (dieAt) => {
      const marks = newMarks();
      const numbers = Array.from({ length: 20 }, (_, i) => i);
      expect(await collect(stream(chunks(20, marks, dieAt)))).toEqual(numbers);
      expect(marks[1]).toBe(2);
    });

    it('ends the task when the reader leaves', async () => {
      for await (const chunk of stream(chunks(1000))) {
        expect(chunk.byteLength).toBe(CHUNK_BYTES);
        break;
      }
      // One bulk task at a time: this one has the lane only if the other has left it.
      expect(await collect(stream(chunks(2)))).toEqual([0, 1]);
    });

    it('fails with the error of the task after what was sent', async () => {
      const controller = new AbortController();
      const reader = stream(chunks(20), controller.signal);
      await reader.next();
      controller.abort();
      expect(await codeOf(collect(reader))).toBe('TASK_CANCELLED');
      expect(await codeOf(collect(stream({ kind: 'throw' })))).toBe('E_PURPOSE');
    });

    it('does not wait for ever for a reader', async () => {
      const hasty = newPool({ taskTimeoutMs: 200 });
      const reader = hasty.stream(chunks(20), BULK);
      await reader.next();
      await sleep(600);
      expect(await codeOf(collect(reader))).toBe('TASK_TIMEOUT');
      await hasty.close();
    });
  });
});

describe('closing a pool', { timeout: 60_000 }, () => {
  it('waits for running tasks and cancels waiting and new ones', async () => {
    const pool = newPool();
    const gate = newMarks();
    const task: ModeTask = { kind: 'wait', marks: gate };
    const codes = [1, 2, 3].map(() => codeOf(pool.run(task, QUICK)));
    const closed = pool.close();
    codes.push(codeOf(pool.run(task, QUICK)));
    expect(await codes[2]).toBe('TASK_CANCELLED');
    Atomics.store(gate, 0, 1);
    await closed;
    expect(await Promise.all(codes)).toEqual(['ok', 'ok', 'TASK_CANCELLED', 'TASK_CANCELLED']);
  });

  it('ends what runs too long', async () => {
    const pool = newPool({ closeTimeoutMs: 100 });
    const marks = newMarks();
    const code = codeOf(pool.run({ kind: 'hang', marks }, QUICK));
    await until(() => Atomics.load(marks, 0) > 0);
    await pool.close();
    expect(await code).toBe('TASK_CANCELLED');
    const stopped = Atomics.load(marks, 0);
    await sleep(50);
    expect(Atomics.load(marks, 0)).toBe(stopped);
  });

  it('leaves nothing that would keep the process alive', async () => {
    const before = resources();
    const pool = newPool({ closeTimeoutMs: 100 });
    await pool.run({ kind: 'ok', value: 1 }, QUICK);
    const reader = pool.stream({ kind: 'chunks', count: 9, dieAt: null, marks: newMarks() }, BULK);
    await reader.next();
    const code = codeOf(pool.run({ kind: 'hang', marks: newMarks() }, QUICK));
    expect(resources()).not.toEqual(before);
    await pool.close();
    expect(await code).toBe('TASK_CANCELLED');
    expect(await codeOf(collect(reader))).toBe('TASK_CANCELLED');
    // What other tests had left may have ended meanwhile.
    const left = resources();
    for (const known of before) {
      const at = left.indexOf(known);
      if (at >= 0) left.splice(at, 1);
    }
    expect(left).toEqual([]);
  });

  it('can be asked for twice', async () => {
    const pool = newPool();
    await Promise.all([pool.close(), pool.close()]);
  });
});
