import { describe, expect, it } from 'vitest';
import { HealthProbe } from './health-probe.js';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('HealthProbe', () => {
  it('trusts the last ping, and notices when it fails and when it works again', async () => {
    let works = true;
    const ping = (): Promise<void> => (works ? Promise.resolve() : Promise.reject(new Error('no')));
    const probe = new HealthProbe(ping, 1000);
    expect(probe.check()).toBe(true);
    await settle();
    works = false;
    expect(probe.check()).toBe(true);
    await settle();
    works = true;
    expect(probe.check()).toBe(false);
    await settle();
    expect(probe.check()).toBe(true);
  });

  it('doubts a ping that is overdue, and sends no second one meanwhile', async () => {
    let now = 0;
    let pings = 0;
    let answer = (): void => undefined;
    const ping = (): Promise<void> => {
      pings++;
      return new Promise((resolve) => (answer = resolve));
    };
    const probe = new HealthProbe(ping, 1000, () => now);
    expect(probe.check()).toBe(true);
    now = 6000;
    expect(probe.check()).toBe(true);
    now = 6001;
    expect(probe.check()).toBe(false);
    expect(pings).toBe(1);
    answer();
    await settle();
    expect(probe.check()).toBe(true);
  });
});
