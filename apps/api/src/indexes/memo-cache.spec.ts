import { describe, expect, it } from 'vitest';
import { MemoCache } from './memo-cache.js';

/** Makes values on request and counts how often. */
class Maker {
  made: string[] = [];
  readonly cache = new MemoCache<string>({ maxWeight: 10, weigh: ({ length }) => length });

  get(key: string, value = key): Promise<string> {
    return this.cache.get(key, async () => {
      this.made.push(key);
      await Promise.resolve();
      return value;
    });
  }
}

describe('MemoCache', () => {
  it('makes a value once, also for several that ask at the same time', async () => {
    const maker = new Maker();
    expect(await Promise.all([maker.get('a'), maker.get('a')])).toEqual(['a', 'a']);
    await maker.get('a');
    expect(maker.made).toEqual(['a']);
  });

  it('drops what was used longest ago when it gets too heavy', async () => {
    const maker = new Maker();
    for (const key of ['aaaa', 'bbbb', 'aaaa', 'cccc']) await maker.get(key);
    expect(maker.cache.weight).toBe(8);
    await maker.get('aaaa');
    await maker.get('bbbb');
    expect(maker.made).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb']);
  });

  it('hands out a value that is too heavy to keep, and keeps the others', async () => {
    const maker = new Maker();
    await maker.get('a');
    expect(await maker.get('heavy', 'x'.repeat(11))).toHaveLength(11);
    await maker.get('heavy', 'x'.repeat(11));
    await maker.get('a');
    expect(maker.made).toEqual(['a', 'heavy', 'heavy']);
  });

  it('makes at once what need not wait, and remembers it alike', async () => {
    const maker = new Maker();
    const make = (): string => 'at once';
    expect(maker.cache.getAtOnce('a', make)).toBe('at once');
    expect(await maker.get('a', 'later')).toBe('at once');
    expect(maker.cache.getAtOnce('a', () => 'again')).toBe('at once');
    expect(() =>
      maker.cache.getAtOnce('b', () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(await maker.get('b')).toBe('b');
  });

  it('tells a failure to all that wait, and tries again for the next', async () => {
    const { cache } = new Maker();
    let attempts = 0;
    const make = async (): Promise<string> => {
      await Promise.resolve();
      if (++attempts === 1) throw new Error('no');
      return 'yes';
    };
    const first = [cache.get('a', make), cache.get('a', make)];
    for (const { status } of await Promise.allSettled(first)) expect(status).toBe('rejected');
    expect(await cache.get('a', make)).toBe('yes');
    expect(attempts).toBe(2);
  });
});

describe('MemoCache with signals', () => {
  /** Never ends, until its signal aborts. */
  function endless(signal: AbortSignal): Promise<string> {
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
  }

  it('gives up the making when the last one that waits has left', async () => {
    const { cache } = new Maker();
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [cache.get('a', endless, one.signal), cache.get('a', endless, two.signal)];
    const ends = Promise.allSettled(waiting);
    let hasEnded = false;
    void ends.then(() => (hasEnded = true));
    one.abort();
    await new Promise(setImmediate);
    expect(hasEnded).toBe(false);
    two.abort();
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('goes on while somebody without a signal waits', async () => {
    const { cache } = new Maker();
    const leaving = new AbortController();
    const make = async (signal: AbortSignal): Promise<string> => {
      await new Promise(setImmediate);
      return signal.aborted ? 'given up' : 'made';
    };
    const both = [cache.get('a', make, leaving.signal), cache.get('a', make)];
    leaving.abort();
    expect(await Promise.all(both)).toEqual(['made', 'made']);
  });

  it('begins anew for whoever asks after it was given up', async () => {
    const { cache } = new Maker();
    const leaving = new AbortController();
    const gone = cache.get('a', endless, leaving.signal);
    const isGone = expect(gone).rejects.toThrow('aborted');
    leaving.abort();
    expect(await cache.get('a', () => Promise.resolve('new'))).toBe('new');
    await isGone;
  });
});
