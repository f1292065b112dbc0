import type { JobRow, JobStatus } from '@portolan/store';
import { describe, expect, it, vi } from 'vitest';
import { JobWatch } from './job-watch.js';

const job = (status: JobStatus, done = 0): JobRow => ({ status, done }) as JobRow;

describe('JobWatch', () => {
  it('gives the state at the begin, then changes, and ends with the job', async () => {
    const onClose = vi.fn();
    const watch = new JobWatch(onClose);
    watch.begin(job('QUEUED'));
    const seen: string[] = [];
    for await (const { status } of watch) {
      seen.push(status);
      if (status === 'QUEUED') setTimeout(() => watch.push(job('IN_PROGRESS')));
      if (status === 'IN_PROGRESS') setTimeout(() => watch.push(job('COMPLETED')));
    }
    expect(seen).toEqual(['QUEUED', 'IN_PROGRESS', 'COMPLETED']);
    expect(onClose).toHaveBeenCalledWith(watch);
  });

  it('does not go back when a change came before the state at the begin', async () => {
    const watch = new JobWatch(() => undefined);
    watch.push(job('COMPLETED'));
    watch.begin(job('QUEUED'));
    expect(await watch.next()).toMatchObject({ value: { status: 'COMPLETED' } });
    expect(await watch.next()).toMatchObject({ done: true });
  });

  it('keeps only the latest state for a slow listener, and the end in any case', async () => {
    const watch = new JobWatch(() => undefined);
    for (let i = 0; i < 1000; i++) watch.push(job('IN_PROGRESS', i));
    expect(await watch.next()).toMatchObject({ value: { done: 999 } });
    watch.push(job('COMPLETED'));
    watch.push(job('IN_PROGRESS', 1));
    expect(await watch.next()).toMatchObject({ value: { status: 'COMPLETED' } });
  });

  it('lets a listener leave while it waits', async () => {
    const watch = new JobWatch(() => undefined);
    const waiting = watch.next();
    await watch.return();
    expect(await waiting).toMatchObject({ done: true });
  });
});
