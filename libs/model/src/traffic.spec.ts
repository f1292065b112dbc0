import { describe, expect, it } from 'vitest';
import { ALL_TRAFFIC, formatTraffic } from './traffic.js';

describe('formatTraffic', () => {
  it('is compact', () => {
    expect(formatTraffic([])).toBe('None');
    expect(formatTraffic(ALL_TRAFFIC)).toBe('All');
    expect(
      formatTraffic([
        { protocol: 'TCP', from: 80, to: 80 },
        { protocol: 'TCP', from: 8000, to: 8080 },
        { protocol: 'UDP', from: 1, to: 65535 },
      ]),
    ).toBe('TCP 80,8000-8080; UDP all');
  });
});
