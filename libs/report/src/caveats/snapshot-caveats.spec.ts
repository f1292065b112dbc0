import { describe, expect, it } from 'vitest';
import { type EnforcementFacts, snapshotCaveats } from './snapshot-caveats.js';

const CLEAN = { completeness: 'COMPLETE', problemCounts: {}, problemsOmitted: 0 } as const;
const UNKNOWN: EnforcementFacts = { profile: { isEnforced: null }, detections: [] };
const codes = (row: Parameters<typeof snapshotCaveats>[0]): string[] =>
  snapshotCaveats(row, UNKNOWN).map(({ code }) => code);

describe('snapshotCaveats', () => {
  it('says nothing but that enforcement is not known of a clean, complete upload', () => {
    expect(codes(CLEAN)).toEqual(['ENFORCEMENT_UNKNOWN']);
    expect(
      codes({ ...CLEAN, problemCounts: { INDEXED: 3, IGNORED_KIND: 4, DUPLICATE: 1 } }),
    ).toEqual(['ENFORCEMENT_UNKNOWN']);
  });

  it('says what is known of the enforcement, and what it may be', () => {
    const of = (isEnforced: boolean): string[] =>
      snapshotCaveats(CLEAN, { ...UNKNOWN, profile: { isEnforced } }).map(({ code }) => code);
    expect(of(true)).toEqual([]);
    expect(of(false)).toEqual(['POLICIES_NOT_ENFORCED']);
    const suspected = {
      setting: 'enforcement',
      value: 'KINDNET',
      reason: 'only newer ones enforce policies',
      object: 'DaemonSet kube-system/kindnet',
      confidence: 'UNSURE',
    } as const;
    const [caveat] = snapshotCaveats(CLEAN, { ...UNKNOWN, detections: [suspected] });
    expect(caveat).toMatchObject({
      code: 'ENFORCEMENT_UNKNOWN',
      message: expect.stringContaining(`${suspected.object}: ${suspected.reason}`),
    });
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

  it('says when that is because kinds could not be listed', () => {
    const row = { ...CLEAN, completeness: 'PARTIAL', problemCounts: { NOT_LISTED: 2 } } as const;
    const [partial] = snapshotCaveats(row, UNKNOWN);
    expect(partial?.code).toBe('SNAPSHOT_PARTIAL');
    expect(partial?.message).toContain('2 kinds could not be listed');
  });

  it('counts everything that was not valid', () => {
    const problemCounts = { INVALID_SYNTAX: 1, INVALID_OBJECT: 2, TOO_LARGE: 4 };
    const [invalid] = snapshotCaveats({ ...CLEAN, problemCounts, problemsOmitted: 9 }, UNKNOWN);
    expect(invalid?.code).toBe('INVALID_OBJECT_SKIPPED');
    expect(invalid?.message).toMatch(/^7 documents are .* 9 /);
  });
});
