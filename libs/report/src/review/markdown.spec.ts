import { describe, expect, it } from 'vitest';
import { MARKDOWN_MIN_LENGTH, writeMarkdown } from './markdown.js';
import { hostileReport, report, row, workload } from './report.test-support.js';

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => row({ source: workload(`lab/tool-${i}`) }));

describe('writeMarkdown', () => {
  it('begins with the marker, then the verdict, and has a row for each access', () => {
    const [marker, verdict, ...rest] = writeMarkdown(report()).split('\n');
    expect(marker).toBe('<!-- portolan-review:prod:deploy -->');
    expect(verdict).toMatch(/^✅ \*\*Passed\*\* – 1 opened\.$/);
    expect(rest.filter((line) => line.startsWith('| lab/tool'))).toHaveLength(1);
  });

  it('folds what was closed, and never what it could not see', () => {
    const text = writeMarkdown(report({ closed: [row({ kind: 'CLOSED' })] }));
    const folded = text.slice(text.indexOf('<details>'), text.indexOf('</details>'));
    expect(folded).toContain('Closed (1)');
    expect(folded).not.toContain('could not see');
    expect(text.slice(text.indexOf('</details>'))).toContain('### What this could not see');
  });

  it.each([MARKDOWN_MIN_LENGTH, 5_000, 65_000])('is at most %d characters long', (maxLength) => {
    const opened = many(2_000);
    const text = writeMarkdown(report({ opened, closed: many(500) }), maxLength);
    expect(text.length).toBeLessThanOrEqual(maxLength);
    expect(text).toMatch(/\*\*\d+ of 2000 rows are left out here\*\*/);
    expect(text).toContain('### What this could not see');
  });

  it('is no longer with long texts around the rows', () => {
    const text = '<'.repeat(5_000);
    const violations = Array.from({ length: 50 }, () => ({ text, place: null }));
    const full = report({
      opened: many(50),
      summary: text,
      gates: ['a', 'b', 'c', 'd'].map((gate) => ({ gate, status: 'FAILED', violations })),
      caveats: Array.from({ length: 15 }, () => ({ code: 'HOST_NETWORK', message: text })),
      skipped: Array.from({ length: 50 }, () => ({
        code: 'SYNTAX',
        place: { side: 'HEAD', path: 'a.yaml', startLine: 1, endLine: 1 },
        object: null,
        message: text,
        isNew: true,
      })),
      base: { name: text, digest: 'a'.repeat(64) },
    });
    for (const maxLength of [10_000, 65_000]) {
      const written = writeMarkdown(full, maxLength);
      expect(written.length).toBeLessThanOrEqual(maxLength);
      expect(written).toContain('more documents that were left out');
    }
  });

  it('shows hostile text as it is: no table cell, tag, link, mention or end of the marker comes of it', () => {
    const text = writeMarkdown(hostileReport());
    const [marker = ''] = text.split('\n');
    expect(marker.match(/--/g)).toHaveLength(2);
    expect(text).not.toMatch(/<b>|\]\(|@me/);
    const cells = text.split('\n').filter((line) => line.startsWith('| ='));
    expect(cells.map((line) => line.split('|').length)).toEqual([7]);
  });
});
