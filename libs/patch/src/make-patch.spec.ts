import { applyPatch, parsePatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_PATCH_LIMITS, makePatch } from './make-patch.js';
import { fixOf, policyText, set } from './patch.test-support.js';
import { inOrder, type Splice, spliced } from './splice.js';
import { unifiedDiff } from './unified-diff.js';

const EDIT = set('spec.policyTypes', ['Ingress']);
const TEXT = policyText('podSelector: {}');
const files = (content: string | Buffer | null, path = 'deploy/web.yaml') =>
  new Map([[path, typeof content === 'string' ? Buffer.from(content) : content]]);

describe('makePatch', () => {
  it('says what it is for, and changes lines of the file', () => {
    const { text } = makePatch(files(TEXT), [fixOf([EDIT], { path: 'spec', line: 4 })]);
    expect(text).toBe(
      [
        '# NP000 NetworkPolicy shop/web spec, line 4: Mend it.',
        '--- a/deploy/web.yaml',
        '+++ b/deploy/web.yaml',
        '@@ -3,3 +3,4 @@',
        ' metadata: { name: web, namespace: shop }',
        ' spec:',
        '   podSelector: {}',
        '+  policyTypes: [Ingress]',
        '',
      ].join('\n'),
    );
  });

  it('names files as git and patch read them', () => {
    for (const [path, line] of [
      ['a b.yaml', '--- a/a b.yaml\t'],
      ['a\nb.yaml', '--- "a/a\\nb.yaml"'],
    ] as const) {
      const fix = fixOf([EDIT], { location: { ...fixOf([]).location, path } });
      expect(makePatch(files(TEXT, path), [fix]).text).toContain(`${line}\n`);
    }
  });

  it('keeps names of others out of its own lines', () => {
    const fix = fixOf([EDIT], { text: 'a\n--- a/x\n+++ b/x' });
    expect(
      makePatch(files(TEXT), [fix])
        .text.split('\n')
        .filter((line) => line.startsWith('---')),
    ).toHaveLength(1);
  });

  it.each([
    ['no file', null],
    ['bytes that are no text', Buffer.from([0xc3, 0x28])],
    ['a file that is too long', Buffer.alloc(DEFAULT_PATCH_LIMITS.maxFileBytes + 1, 'a')],
  ])('leaves out fixes of %s', (_name, content) => {
    const { text, leftOut } = makePatch(files(content), [fixOf([EDIT])]);
    expect(text).toBe('');
    expect(leftOut).toHaveLength(1);
  });

  it('has limits', () => {
    const fixes = [fixOf([EDIT]), fixOf([set('spec.egress', [])])];
    const made = (limits: Partial<typeof DEFAULT_PATCH_LIMITS>) => {
      const { made, leftOut } = makePatch(files(TEXT), fixes, {
        ...DEFAULT_PATCH_LIMITS,
        ...limits,
      });
      expect(made.length + leftOut.length).toBe(2);
      return made.length;
    };
    expect(made({})).toBe(2);
    expect(made({ maxFixes: 1 })).toBe(1);
    expect(made({ maxLength: 50 })).toBe(0);
  });
});

describe('unifiedDiff', () => {
  const line = fc.constantFrom('a', 'b', '- x', '', '--- a/x', '\\ No newline', 'c\r');
  const piece = fc.constantFrom('', '\nb', '\na\na', 'x', '\n', '\r\n--- b');

  it('is what makes the new text of the old one', () => {
    const places = fc.array(fc.record({ at: fc.nat(), cut: fc.nat(30), piece }), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 60 }),
        places,
        fc.boolean(),
        (lines, cuts, hasEnd) => {
          const before = lines.join('\n') + (hasEnd ? '\n' : '');
          const splices = inOrder(
            cuts.map(({ at, cut, piece: text }): Splice => {
              const from = at % (before.length + 1);
              return { from, to: Math.min(before.length, from + cut), text, column: 0 };
            }),
          );
          fc.pre(splices !== null);
          const text = unifiedDiff({ path: 'a.yaml', before, splices });
          const [patch] = parsePatch(text);
          expect(applyPatch(before, patch!, { autoConvertLineEndings: false })).toBe(
            spliced(before, splices),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
