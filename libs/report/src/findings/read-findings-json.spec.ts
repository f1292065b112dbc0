import { describe, expect, it } from 'vitest';
import type { FindingsReport } from './findings-report.js';
import { readFindingsJson } from './read-findings-json.js';
import { writeFindings } from './write-findings.js';

const lines = { path: 'deploy/db.yaml', startLine: 3, endLine: 4 };
const subject = { object: 'NetworkPolicy data/db', fingerprint: 'a'.repeat(64), place: lines };
const REPORT: FindingsReport = {
  engineVersion: '3',
  input: { name: 'prod', digest: 'd' },
  completeness: 'COMPLETE',
  verdict: 'FAILED',
  failOn: 'HIGH',
  minSeverity: 'INFO',
  counts: { CRITICAL: 0, HIGH: 1, MEDIUM: 0, LOW: 0, INFO: 0 },
  unlisted: 0,
  rules: [
    {
      id: 'NP201',
      name: 'policy-selects-nothing',
      category: 'SELECTOR',
      severity: 'HIGH',
      description: 'd',
      remediation: 'r',
      needsCompleteSnapshot: true,
      docsUrl: 'https://example.org',
    },
  ],
  findings: [
    {
      ...subject,
      rule: 'NP201',
      name: 'policy-selects-nothing',
      category: 'SELECTOR',
      severity: 'HIGH',
      confidence: 'CERTAIN',
      message: 'm',
      path: 'spec',
      fix: { text: 'Write it.', yaml: null },
      occurrences: 2,
      others: [{ ...subject, place: null }],
      status: 'OPEN',
      why: null,
    },
  ],
  exceptions: [
    {
      id: 'e',
      status: 'EXPIRED',
      reason: 'r',
      expires: 'x',
      place: { side: 'BASE', ...lines },
      pairs: 0,
    },
  ],
  expired: [{ object: subject.object, message: 'm', place: lines }],
  caveats: [{ code: 'SNAPSHOT_PARTIAL', message: 'm' }],
};

type Changed = Record<string, unknown>;

/** The document with something else at a path. */
function changed(path: readonly (string | number)[], value: unknown): string {
  const document = JSON.parse(writeFindings(REPORT, 'json')) as Changed;
  let at: Changed = document;
  for (const key of path.slice(0, -1)) at = at[key] as Changed;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return JSON.stringify(document);
}

describe('readFindingsJson', () => {
  it('reads what is written, byte for byte', () => {
    const text = writeFindings(REPORT, 'json');
    const read = readFindingsJson(text);
    expect(read).toEqual({ ok: true, report: REPORT });
    if (read.ok) expect(writeFindings(read.report, 'json')).toBe(text);
  });

  it.each([
    [['format'], 'portolan.findings/v2', 'format must be one of portolan.findings/v1'],
    [['verdict'], 'MAYBE', 'verdict must be one of PASSED, FAILED'],
    [['counts', 'HIGH'], -1, 'counts.HIGH must be a whole number'],
    [['counts', 'HIGH'], undefined, 'counts.HIGH is missing'],
    [['findings', 0, 'fingerprint'], 'b', 'findings[0].fingerprint must be 64 hexadecimal'],
    [['findings', 0, 'status'], 'GONE', 'findings[0].status must be one of OPEN'],
    [['findings', 0, 'new'], 1, 'findings[0] has a field "new" that is not known'],
    [['findings', 0, 'others', 0, 'object'], null, 'findings[0].others[0].object must be a text'],
    [['expired'], undefined, 'expired is missing'],
    [['caveats', 0, 'code'], 'OTHER', 'caveats[0].code must be one of'],
    [['failOn'], 'none', 'failOn must be one of'],
  ])('takes %j = %j for no report', (path, value, message) => {
    const read = readFindingsJson(changed(path, value));
    expect(read.ok ? '' : read.message).toContain(message);
    expect(read.ok).toBe(false);
  });

  it.each(['', '[]', 'null', '{', '<html>'])('takes %j for no report', (text) => {
    expect(readFindingsJson(text).ok).toBe(false);
  });
});
