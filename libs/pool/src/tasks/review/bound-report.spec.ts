import type { ReviewReport } from '@portolan/report';
import { expect, it } from 'vitest';
import { boundReport } from './bound-report.js';

const violation = { text: 'shop/web → data/db: TCP 5432', place: null };
const row = {
  fingerprint: 'f',
  kind: 'OPENED',
  source: { kind: 'workload', text: 'shop/web', members: ['shop/web'] },
  destination: { kind: 'workload', text: 'data/db', members: ['data/db'] },
  pairs: 1,
  opened: [],
  closed: [],
  severity: 'LOW',
  reasons: [],
  causes: [],
  exceptions: [],
} as const;
const REPORT: ReviewReport = {
  engineVersion: '3',
  cluster: 'prod',
  path: 'deploy',
  base: { name: 'base', digest: 'a' },
  head: { name: 'head', digest: 'b' },
  verdict: 'FAILED',
  summary: '200 opened',
  opened: Array.from({ length: 200 }, () => row),
  altered: [],
  closed: Array.from({ length: 50 }, () => ({ ...row, kind: 'CLOSED' as const })),
  newlyUnprotected: [],
  newFindings: [],
  fixedFindings: 0,
  invariants: [],
  gates: [
    {
      gate: 'any-change',
      status: 'FAILED',
      violations: Array.from({ length: 250 }, () => violation),
    },
  ],
  exceptions: [],
  caveats: [],
  skipped: [],
  skippedOmitted: 0,
};
const sizeOf = (report: ReviewReport): number => Buffer.byteLength(JSON.stringify(report));

it('keeps a report that is small enough as it is', () => {
  expect(boundReport(REPORT, sizeOf(REPORT))).toBe(REPORT);
});

it('leaves out what was closed before what was opened, says how much, and keeps the verdict', () => {
  const bounded = boundReport(REPORT, sizeOf(REPORT) - 2_000);
  expect(bounded.closed.length).toBeLessThan(50);
  expect(bounded.opened).toHaveLength(200);
  expect(bounded.verdict).toBe('FAILED');
  expect(bounded.caveats[0]).toMatchObject({ code: 'RESULT_TRUNCATED' });
  expect(bounded.caveats[0]!.message).toContain(`${50 - bounded.closed.length} rows`);
});

it.each([70_000, 20_000, 6_000])('is never larger than %d bytes', (max) => {
  const bounded = boundReport(REPORT, max);
  expect(sizeOf(bounded)).toBeLessThanOrEqual(max);
  expect(bounded.gates[0]!.violations.length).toBeGreaterThan(0);
});
