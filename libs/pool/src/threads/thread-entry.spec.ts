import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from './protocol.js';
import { IDLE_MS, threadEntry } from './thread-entry.js';

describe('a thread', () => {
  const { port1, port2 } = new MessageChannel();
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    port2.close();
  });

  it('tidies up once when it has had nothing to do for a while, after tasks that fail as well', async () => {
    const tidyUp = vi.fn();
    const runJob = threadEntry((isBad: boolean) => {
      if (isBad) throw new Error('on purpose');
      return 'done';
    }, tidyUp);
    const run = (isBad: boolean): Promise<Outcome> => runJob({ task: isBad, port: port1 });

    expect(await run(false)).toEqual({ ok: true, value: 'done' });
    vi.advanceTimersByTime(IDLE_MS - 1);
    expect((await run(true)).ok).toBe(false);
    vi.advanceTimersByTime(IDLE_MS - 1);
    expect(tidyUp).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10 * IDLE_MS);
    expect(tidyUp).toHaveBeenCalledTimes(1);
  });

  it('does not while a task runs, however long', async () => {
    const tidyUp = vi.fn();
    let end: () => void = () => undefined;
    const runJob = threadEntry(
      (isLong: boolean) => (isLong ? new Promise<void>((resolve) => (end = resolve)) : null),
      tidyUp,
    );
    await runJob({ task: false, port: port1 });
    const running = runJob({ task: true, port: port1 });
    vi.advanceTimersByTime(10 * IDLE_MS);
    expect(tidyUp).not.toHaveBeenCalled();
    end();
    await running;
    vi.advanceTimersByTime(IDLE_MS);
    expect(tidyUp).toHaveBeenCalledTimes(1);
  });
});
