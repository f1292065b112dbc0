import type { Finding, Severity } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { boundFindings } from './bound-findings.js';

const finding = (rule: string, severity: Severity, more: Partial<Finding> = {}): Finding => ({
  rule,
  severity,
  confidence: 'CERTAIN',
  message: `of ${rule}`,
  object: { kind: 'POLICY', index: 0 },
  objects: [0],
  occurrences: 1,
  path: null,
  place: null,
  fix: null,
  key: '',
  suppressed: null,
  ...more,
});

const low = finding('NP1', 'LOW');
const high = finding('NP2', 'HIGH');
const info = finding('NP3', 'INFO');
const quiet = finding('NP3', 'INFO', { suppressed: { reason: 'so', until: null } });

describe('boundFindings', () => {
  it('keeps all that find room, the gravest first and else in their order', () => {
    const { findings, omitted, byteLength } = boundFindings([low, info, high, quiet], 1_000_000);
    expect(findings).toEqual([high, low, info, quiet]);
    expect(omitted).toEqual([]);
    expect(byteLength).toBe(findings.reduce((sum, one) => sum + JSON.stringify(one).length + 1, 0));
  });

  it('counts the others by rule, severity and whether they are silenced', () => {
    const room = JSON.stringify(high).length + 1;
    const { findings, omitted, byteLength } = boundFindings([low, info, high, quiet, info], room);
    expect(findings).toEqual([high]);
    expect(byteLength).toBe(room);
    expect(omitted).toEqual([
      { rule: 'NP1', severity: 'LOW', isSuppressed: false, count: 1 },
      { rule: 'NP3', severity: 'INFO', isSuppressed: false, count: 2 },
      { rule: 'NP3', severity: 'INFO', isSuppressed: true, count: 1 },
    ]);
  });

  it('keeps no small one behind a large one that is left out', () => {
    const large = finding('NP2', 'HIGH', { message: 'x'.repeat(1_000) });
    const { findings, omitted } = boundFindings([large, low], 500);
    expect(findings).toEqual([]);
    expect(omitted.map(({ rule }) => rule)).toEqual(['NP2', 'NP1']);
  });
});
