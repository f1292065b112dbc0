import { describe, expect, it } from 'vitest';
import { snapshotCaveats } from './snapshot-caveats.js';

const CLEAN = { completeness: 'COMPLETE', problemCounts: {}, problemsOmitted: 0 } as const;
const codes = (row: Parameters<typeof snapshotCaveats>[0]): string[] =>
  snapshotCaveats(row).map(({ code }) => code);

describe('snapshotCaveats', () => {
  it('always says that enforcement is not known, and nothing else of a clean, complete upload', () => {
    expect(codes(CLEAN)).toEqual(['ENFORCEMENT_UNKNOWN']);
    expect(
      codes({ ...CLEAN, problemCounts: { INDEXED: 3, IGNORED_KIND: 4, DUPLICATE: 1 } }),
    ).toEqual(['ENFORCEMENT_UNKNOWN']);
  });

  it('says when objects may be missing', () => {
    expect(codes({ ...CLEAN, completeness: 'PARTIAL' })).toContain('SNAPSHOT_PARTIAL');
    expect(codes({ ...CLEAN, problemCounts: { UNSUPPORTED_POLICY_KIND: 1 } })).toContain(
      'UNSUPPORTED_POLICY_KIND',
    );
    expect(codes({ ...CLEAN, problemCounts: { INDEXED: 2, UNSUPPORTED_FIELD: 1 } })).toContain(
      'UNSUPPORTED_POLICY_FIELD',
    );
    expect(codes({ ...CLEAN, problemCounts: { SKIPPED_TEMPLATE: 1 } })).toContain(
      'TEMPLATE_SKIPPED',
    );
  });

  it('counts everything that was not valid', () => {
    const problemCounts = { INVALID_SYNTAX: 1, INVALID_OBJECT: 2, TOO_LARGE: 4 };
    const [invalid] = snapshotCaveats({ ...CLEAN, problemCounts, problemsOmitted: 9 });
    expect(invalid?.code).toBe('INVALID_OBJECT_SKIPPED');
    expect(invalid?.message).toMatch(/^7 documents are .* 9 /);
  });
});
