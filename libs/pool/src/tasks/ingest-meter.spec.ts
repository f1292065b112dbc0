import { describe, expect, it } from 'vitest';
import type { IngestProgress } from '../messages.js';
import { IngestMeter } from './ingest-meter.js';

describe('IngestMeter', () => {
  it('reports at most every 100 ms, but a new phase at once', () => {
    let now = 0;
    const reports: IngestProgress[] = [];
    const meter = new IngestMeter(
      1000,
      (report) => reports.push(report),
      () => now,
    );
    for (now = 0; now < 250; now += 10) meter.bytesRead(now);
    meter.objectsFound(3);
    meter.bytesRead(1000);
    meter.objectsFound(9);
    now += 100;
    meter.objectsFound(12);
    expect(reports).toEqual([
      { phase: 'READ', done: 0, total: 1000 },
      { phase: 'READ', done: 100, total: 1000 },
      { phase: 'READ', done: 200, total: 1000 },
      { phase: 'BUILD', done: 3, total: null },
      { phase: 'BUILD', done: 12, total: null },
    ]);
  });
});
