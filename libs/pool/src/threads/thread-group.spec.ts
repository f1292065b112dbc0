import { getPriority, platform } from 'node:os';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { programFile } from '../../../../test/support/programs.js';
import { TaskTimeoutError, WorkerDiedError } from '../pool-errors.js';
import type { FromThread } from './protocol.js';
import { type ModeTask, newMarks, type WayToDie } from './modes.test-support.js';
import { ThreadGroup } from './thread-group.js';

const TIMEOUT_MS = 300;
const warnings: string[] = [];
const log = { warn: (message: string) => warnings.push(message) };

const MODES = pathToFileURL(programFile('modes.test-support'));

function newGroup(entry: URL, taskTimeoutMs: number): ThreadGroup<ModeTask> {
  return new ThreadGroup({
    entry,
    threads: 1,
    taskTimeoutMs,
    maxOldGenerationSizeMb: 64,
    log,
  });
}

const ok = (value: unknown): ModeTask => ({ kind: 'ok', value });

/** How often something in shared memory counts up in a moment. */
async function pulse(marks: Int32Array): Promise<number> {
  const before = Atomics.load(marks, 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return Atomics.load(marks, 0) - before;
}

describe('a group of threads', { timeout: 60_000 }, () => {
  let patient: ThreadGroup<ModeTask>;
  let hasty: ThreadGroup<ModeTask>;

  beforeAll(async () => {
    patient = newGroup(MODES, 60_000);
    hasty = newGroup(MODES, TIMEOUT_MS);
    await Promise.all([patient.start(ok(null)), hasty.start(ok(null))]);
  }, 60_000);
  afterAll(() => Promise.all([patient.close(), hasty.close()]));

  it('gives back what the task gives', async () => {
    expect(await patient.run(ok({ a: [1, 'x'] }))).toEqual({ a: [1, 'x'] });
  });

  it.runIf(platform() === 'linux')('lets the serving thread go first', async () => {
    expect(await patient.run({ kind: 'priority' })).toBe(Math.min(19, getPriority() + 5));
  });

  it('shares shared memory instead of copying it', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(4));
    await patient.run({ kind: 'fill', shared });
    expect([...shared]).toEqual([7, 7, 7, 7]);
  });

  it('passes an error of the task on as it is, and does not try again', async () => {
    warnings.length = 0;
    const error: unknown = await patient.run({ kind: 'throw' }).catch((e: unknown) => e);
    expect(error).toMatchObject({
      name: 'RangeError',
      message: 'out of range on purpose',
      code: 'E_PURPOSE',
    });
    expect((error as Error).stack).toContain('modes.test-support');
    expect(warnings).toEqual([]);
  });

  it('passes a message that cannot be cloned on as an error', async () => {
    await expect(patient.run(ok(() => 1))).rejects.toMatchObject({ name: 'DataCloneError' });
  });

  it.each<[WayToDie, string]>([
    ['exit', 'exited with code: 3'],
    ['uncaught', 'uncaught on purpose'],
    ['rejection', 'rejected on purpose'],
    ['memory', 'memory limit'],
  ])('tries again when the thread dies by %s, and once only', async (how, reason) => {
    const once = newMarks();
    expect(await patient.run({ kind: 'die', how, times: 1, marks: once })).toBe('survived');
    expect(once[0]).toBe(2);

    const always = newMarks();
    const error: unknown = await patient
      .run({ kind: 'die', how, times: 9, marks: always })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(WorkerDiedError);
    expect((error as WorkerDiedError).message).toContain(reason);
    expect(always[0]).toBe(2);
    expect(await patient.run(ok('next'))).toBe('next');
  });

  it('ends a thread that hangs, frees its core, and replaces it', async () => {
    const marks = newMarks();
    await expect(hasty.run({ kind: 'hang', marks })).rejects.toBeInstanceOf(TaskTimeoutError);
    expect(marks[0]).toBeGreaterThan(0);
    expect(await pulse(marks)).toBe(0);
    expect(await hasty.run(ok('next'))).toBe('next');
  });

  it('counts the time limit from the last sign of life', async () => {
    const seen: FromThread[] = [];
    const task: ModeTask = { kind: 'progress', steps: 8, everyMs: TIMEOUT_MS / 4 };
    const onMessage = ({ message }: { message: FromThread }): number => seen.push(message);
    expect(await hasty.run(task, { onMessage })).toBe('done');
    expect(seen.filter(({ kind }) => kind === 'progress')).toHaveLength(8);
  });

  it('ends a task with the error of the listener that failed on its message', async () => {
    const onMessage = (): never => {
      throw new Error('listener');
    };
    await expect(patient.run(ok(1), { onMessage })).rejects.toThrow('listener');
    const hang: ModeTask = { kind: 'hang', marks: newMarks() };
    await expect(patient.run(hang, { onMessage })).rejects.toThrow('listener');
  });

  it('ends a running task with the reason of its signal, and its thread', async () => {
    const marks = newMarks();
    const controller = new AbortController();
    const running = patient.run({ kind: 'hang', marks }, { signal: controller.signal });
    const settled = expect(running).rejects.toThrow('enough');
    while (Atomics.load(marks, 0) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort(new Error('enough'));
    await settled;
    expect(await pulse(marks)).toBe(0);
    expect(await patient.run(ok('next'))).toBe('next');
  });

  it('begins nothing when the signal is aborted already', async () => {
    const marks = newMarks();
    const signal = AbortSignal.abort(new Error('too late'));
    const task: ModeTask = { kind: 'die', how: 'exit', times: 0, marks };
    await expect(patient.run(task, { signal })).rejects.toThrow('too late');
    expect(marks[0]).toBe(0);
  });
});

describe('threads that start', { timeout: 60_000 }, () => {
  it('may take longer for it than a task may run', async () => {
    const group = newGroup(new URL('./modes.test-support.ts', import.meta.url), 50);
    expect(await group.run(ok('slow start'))).toBe('slow start');
    await group.close();
  });

  it('or cannot start, say why', async () => {
    const group = newGroup(new URL('./no-such-file.js', import.meta.url), 60_000);
    await expect(group.start(ok(null))).rejects.toThrow(/no-such-file/);
    await group.close();
  });

  it('refuse tasks after closing', async () => {
    const group = newGroup(MODES, 60_000);
    await group.close();
    await expect(group.run(ok(null))).rejects.toMatchObject({ code: 'TASK_CANCELLED' });
  });
});
