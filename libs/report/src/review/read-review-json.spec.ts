import { describe, expect, it } from 'vitest';
import { readReviewJson } from './read-review-json.js';
import { hostileReport, place, report, row, RULE } from './report.test-support.js';
import { writeReview } from './write-review.js';

const FULL = report({
  altered: [row({ kind: 'ALTERED', closed: [{ protocol: 'UDP', from: 1, to: 2 }] })],
  newlyUnprotected: [
    {
      fingerprint: 'u1',
      workload: 'shop/web (Deployment)',
      directions: ['INGRESS'],
      severity: 'HIGH',
      reasons: [{ code: 'lost-isolation', text: 'lost' }],
      causes: [{ ...RULE, place: null }],
    },
  ],
  gates: [{ gate: 'x', status: 'FAILED', violations: [{ text: 'y', place: place('a', 1) }] }],
});
const FULL_JSON = writeReview(FULL, 'json');

/** The document with something else at a path. */
function altered(path: readonly (string | number)[], value: unknown): string {
  const document: unknown = JSON.parse(FULL_JSON);
  const last = path.at(-1) ?? '';
  const holder = path
    .slice(0, -1)
    .reduce((at, key) => (at as Record<string | number, unknown>)[key], document);
  (holder as Record<string | number, unknown>)[last] = value;
  return JSON.stringify(document);
}

describe('readReviewJson', () => {
  it.each([
    ['full', FULL],
    ['hostile', hostileReport()],
    ['empty', report({ opened: [], gates: [], caveats: [] })],
  ])('reads what was written, byte for byte: a %s report', (_, one) => {
    const json = writeReview(one, 'json');
    const read = readReviewJson(json);
    expect(read).toEqual({ ok: true, report: one });
    expect(read.ok && writeReview(read.report, 'json')).toBe(json);
  });

  it.each([
    ['verdict', ['verdict'], 'FINE'],
    ['opened[0].opened[0].to', ['opened', 0, 'opened', 0, 'to'], 65_536],
    ['opened[0].pairs', ['opened', 0, 'pairs'], '1'],
    ['gates', ['gates'], {}],
    ['gates[0].violations[0]', ['gates', 0, 'violations', 0], null],
    ['skippedOmitted', ['skippedOmitted'], -1],
    ['summary', ['summary'], undefined],
    ['format', ['format'], 'portolan.review/v2'],
    ['base', ['base', 'more'], 1],
    ['it', ['findings'], []],
    ['opened[0]', ['opened', 0, '__proto__'], {}],
  ])('refuses a document of which %s is something else', (at, path, value) => {
    const json =
      path.at(-1) === '__proto__'
        ? FULL_JSON.replace('"fingerprint"', '"__proto__": {}, "fingerprint"')
        : altered(path, value);
    const read = readReviewJson(json);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.message.startsWith(`${at} `)).toBe(true);
  });

  it.each(['', '<html>', 'null', '[]', '1'])('refuses %j', (json) => {
    expect(readReviewJson(json).ok).toBe(false);
  });
});
