import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { HOSTILE, hostileReport, place, report, row, RULE } from './report.test-support.js';
import { REVIEW_FORMATS, writeReview } from './write-review.js';

const schemaFile = new URL('../../../../docs/review.schema.json', import.meta.url);
const validate = new Ajv2020({ allErrors: true }).compile(
  JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
);

const FULL = report({
  altered: [row({ kind: 'ALTERED', closed: [{ protocol: 'UDP', from: 1, to: 2 }] })],
  closed: [row({ kind: 'CLOSED', opened: [], severity: 'INFO', reasons: [] })],
  newlyUnprotected: [
    {
      fingerprint: 'u1',
      workload: 'shop/web (Deployment)',
      directions: ['INGRESS'],
      severity: 'HIGH',
      reasons: [],
      causes: [{ ...RULE, place: { ...place('old.yaml', 4), side: 'BASE' } }],
    },
  ],
});

describe('writeReview', () => {
  it.each(REVIEW_FORMATS)(
    'as %s is the same for the same report, and ends with a line break',
    (format) => {
      expect(writeReview(FULL, format)).toBe(writeReview(structuredClone(FULL), format));
      expect(writeReview(FULL, format)).toMatch(/\n$/);
    },
  );

  it.each(REVIEW_FORMATS)('as %s lets no control character through', (format) => {
    const codes = Array.from(
      writeReview(hostileReport(), format),
      (one) => one.codePointAt(0) ?? 0,
    );
    expect(codes.filter((code) => code < 32 && ![9, 10, 13].includes(code))).toEqual([]);
  });
});

describe('json', () => {
  it.each([
    ['a full report', FULL],
    ['a hostile one', hostileReport()],
    ['an empty one', report({ opened: [], gates: [], caveats: [] })],
  ])('keeps to its schema: %s', (_, one) => {
    expect(validate(JSON.parse(writeReview(one, 'json')))).toBe(true);
  });

  it('would not keep to it with a field that the schema does not have', () => {
    expect(validate({ ...JSON.parse(writeReview(FULL, 'json')), more: 1 })).toBe(false);
  });
});

describe('sarif', () => {
  const run = (one = FULL) => JSON.parse(writeReview(one, 'sarif')).runs[0];

  it('has a result for each row with a place, each with a known rule, a line and a fingerprint', () => {
    const { results, tool } = run();
    expect(results).toHaveLength(4);
    for (const { ruleId, ruleIndex, partialFingerprints, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(partialFingerprints['portolanReview/v1']).toMatch(/./);
      expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    }
    expect(tool.driver.semanticVersion).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('has relative, encoded paths', () => {
    const [{ locations }] = run(hostileReport()).results;
    expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^a%20b\/[^ <>"]*$/);
  });

  it('is cut at 5,000 results, and says how many are missing', () => {
    const { results, properties } = run(
      report({ opened: Array.from({ length: 5_003 }, () => row()) }),
    );
    expect([results.length, properties.resultsOmitted]).toEqual([5_000, 3]);
  });
});

describe('gitlab', () => {
  it('has what code quality asks for, in every entry', () => {
    for (const entry of JSON.parse(writeReview(FULL, 'gitlab')))
      expect(entry).toEqual({
        description: expect.any(String),
        check_name: expect.stringMatching(/^portolan\//),
        fingerprint: expect.any(String),
        severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/),
        location: { path: expect.any(String), lines: { begin: expect.any(Number) } },
      });
  });
});

describe('junit', () => {
  it('has a case for each gate, and a failure for each that failed', () => {
    const violations = [{ text: 'a → b', place: place('a.yaml', 3) }];
    const text = writeReview(
      report({
        gates: [
          { gate: 'any-change', status: 'FAILED', violations },
          { gate: 'closed-access', status: 'WARNED', violations },
          { gate: 'invalid-input', status: 'HELD', violations: [] },
        ],
      }),
      'junit',
    );
    expect(text.match(/<testcase /g)).toHaveLength(3);
    expect(
      text.match(/<failure message="1 violation" type="any-change">a.yaml:3: a → b<\/failure>/g),
    ).toHaveLength(1);
    expect(text).toContain(
      '<testsuites name="portolan" tests="3" failures="1" errors="0" skipped="0">',
    );
  });

  it('escapes hostile text', () => {
    const text = writeReview(hostileReport(), 'junit');
    expect(
      text.replaceAll(
        /<\/?(?:testsuites|testsuite|testcase|failure)\b[^<>]*>|<\?xml[^<>]*\?>/g,
        '',
      ),
    ).not.toMatch(/[<>]/);
    expect(text).toContain('&lt;b&gt;&amp;&quot;');
  });
});

describe('csv', () => {
  it('has a line for each row, and no formula', () => {
    expect(writeReview(FULL, 'csv').trimEnd().split('\r\n')).toHaveLength(4);
    expect(writeReview(hostileReport(), 'csv')).toContain(
      `"'${HOSTILE.replaceAll('"', '""')}"`.slice(0, 8),
    );
  });
});

describe('dot', () => {
  it('has a node for each end and an edge for each row', () => {
    const text = writeReview(FULL, 'dot');
    expect(text.match(/ -> /g)).toHaveLength(3);
    expect(text.match(/^ {2}n\d+ \[/gm)).toHaveLength(2);
  });
});

describe('text', () => {
  it('is coloured only when somebody paints', () => {
    const painted = writeReview(FULL, 'text', { paint: (colour, text) => `<${colour}>${text}</>` });
    expect(painted).toContain('<red>HIGH</>');
    expect(writeReview(FULL, 'text')).not.toContain('<red>');
  });

  it('has each cause with its line', () => {
    expect(writeReview(FULL, 'text')).toContain(
      'NetworkPolicy shop/db spec.ingress[0].from[1] deploy/shop/db.yaml:11',
    );
  });
});
