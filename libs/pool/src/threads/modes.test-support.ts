import { getPriority } from 'node:os';
import type { TaskPort } from './task-port.js';
import { threadEntry } from './thread-entry.js';

/** What the specs can make a thread do. `marks` is shared memory, by which both sides see how far the other is. */
export type ModeTask =
  | { readonly kind: 'ok'; readonly value: unknown }
  /** Tells the priority of the thread. */
  | { readonly kind: 'priority' }
  /** Waits until `marks[0]` is not 0. */
  | { readonly kind: 'wait'; readonly marks: Int32Array }
  /** Counts up `marks[0]` in a loop that never ends. */
  | { readonly kind: 'hang'; readonly marks: Int32Array }
  | { readonly kind: 'throw' }
  /** Ends the thread in the first `times` attempts; `marks[0]` counts the attempts. */
  | {
      readonly kind: 'die';
      readonly how: WayToDie;
      readonly times: number;
      readonly marks: Int32Array;
    }
  /** Writes to shared memory that came with the task. */
  | { readonly kind: 'fill'; readonly shared: Uint8Array }
  /** Is alive for `steps` times `everyMs`, and says so. */
  | { readonly kind: 'progress'; readonly steps: number; readonly everyMs: number }
  /** Sends `count` chunks; `marks[0]` counts those sent. In the first attempt the thread dies before chunk `dieAt`. */
  | {
      readonly kind: 'chunks';
      readonly count: number;
      readonly dieAt: number | null;
      readonly marks: Int32Array;
    };

/** How a thread can end that should not. */
export type WayToDie = 'exit' | 'uncaught' | 'rejection' | 'memory';

/** Bytes of each chunk of the mode `chunks`. */
export const CHUNK_BYTES = 1000;

/** Shared memory for a mode. */
export function newMarks(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** Entry of the threads that the specs start. */
export const runJob = threadEntry(runMode);

async function runMode(task: ModeTask, port: TaskPort): Promise<unknown> {
  switch (task.kind) {
    case 'ok':
      return task.value;
    case 'priority':
      return getPriority();
    case 'wait':
      while (Atomics.load(task.marks, 0) === 0) await sleep(2);
      return 'waited';
    case 'hang':
      for (;;) Atomics.add(task.marks, 0, 1);
    case 'throw':
      throw Object.assign(new RangeError('out of range on purpose'), { code: 'E_PURPOSE' });
    case 'die':
      if (Atomics.add(task.marks, 0, 1) < task.times) await die(task.how);
      return 'survived';
    case 'fill':
      task.shared.fill(7);
      return task.shared;
    case 'progress':
      for (let done = 1; done <= task.steps; done++) {
        await sleep(task.everyMs);
        port.progress({ phase: 'READ', done, total: task.steps });
      }
      return 'done';
    case 'chunks':
      return sendChunks(task, port);
  }
}

async function sendChunks(
  { count, dieAt, marks }: Extract<ModeTask, { kind: 'chunks' }>,
  port: TaskPort,
): Promise<void> {
  const isFirstAttempt = Atomics.add(marks, 1, 1) === 0;
  for (let i = 0; i < count; i++) {
    if (isFirstAttempt && i === dieAt) await die('exit');
    await port.send(new Uint8Array(CHUNK_BYTES).fill(i));
    Atomics.add(marks, 0, 1);
  }
}

async function die(how: WayToDie): Promise<never> {
  switch (how) {
    case 'exit':
      return process.exit(3);
    case 'uncaught':
      setTimeout(() => {
        throw new Error('uncaught on purpose');
      }, 1);
      break;
    case 'rejection':
      void Promise.reject(new Error('rejected on purpose'));
      break;
    case 'memory':
      fillMemory();
  }
  return new Promise(() => undefined);
}

function fillMemory(): never {
  const kept: unknown[] = [];
  for (;;) kept.push({ text: `${kept.length}`, list: new Array<number>(100).fill(kept.length) });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
