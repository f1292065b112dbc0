import type { FixEdit } from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, parseAllDocuments } from 'yaml';
import { mendText } from './mend-text.js';
import { fixOf } from './patch.test-support.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const key = fc.constantFrom('a', 'b', 'matchLabels', 'kubernetes.io/name', '1', 'no', 'x y');
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.constantFrom<Json>(
      null,
      true,
      0,
      8080,
      '',
      'TCP',
      '0123',
      'a: b',
      '# c',
      "it's",
      'ä\n\nb',
      '10.0.0.0/8',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** A path in a value, chosen by numbers; the last key may be a new one. */
function pathIn(root: Json, choices: readonly number[]): (string | number)[] {
  const path: (string | number)[] = ['spec'];
  let at: Json = root;
  for (const choice of choices) {
    if (typeof at !== 'object' || at === null) break;
    const keys: (string | number)[] = Array.isArray(at)
      ? [...Array(at.length + 1).keys()]
      : [...Object.keys(at), 'fresh'];
    const chosen = keys[choice % keys.length]!;
    path.push(chosen);
    at = (at as Record<string | number, Json | undefined>)[chosen] ?? null;
  }
  return path;
}

/** The edit on plain data; null where there is nothing to edit. */
function edited(root: Json, edit: FixEdit): Json | null {
  const copy = structuredClone(root);
  let at: Json = copy;
  for (const step of edit.path.slice(0, -1)) {
    if (typeof at !== 'object' || at === null) return null;
    at = (at as Record<string | number, Json | undefined>)[step] ?? null;
  }
  const last = edit.path.at(-1)!;
  if (typeof at !== 'object' || at === null) return null;
  if (edit.op === 'set') (at as Record<string | number, unknown>)[last] = edit.value;
  else if (Array.isArray(at)) at.splice(Number(last), 1);
  else Reflect.deleteProperty(at, last);
  return copy;
}

const object = (spec: Json): Json => ({
  kind: 'NetworkPolicy',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});

describe('mendText', () => {
  it('writes what the edit says and keeps comments, or leaves the text as it is', () => {
    const settings = fc.record({
      collectionStyle: fc.constantFrom('any', 'block', 'flow'),
      indentSeq: fc.boolean(),
      indent: fc.constantFrom(2, 4),
      isJson: fc.boolean(),
      hasComments: fc.boolean(),
    });
    const edit = fc.record({
      op: fc.constantFrom('set', 'set', 'remove'),
      choices: fc.array(fc.nat(50), { minLength: 1, maxLength: 4 }),
      value,
    });
    let made = 0;
    fc.assert(
      fc.property(
        value,
        edit,
        settings,
        (spec, { op, choices, value: set }, { isJson, hasComments, ...style }) => {
          const path = pathIn(spec, choices);
          const fix: FixEdit = op === 'remove' ? { op, path } : { op: 'set', path, value: set };
          const before = isJson
            ? JSON.stringify(object(spec), null, style.indent)
            : new Document(object(spec)).toString(style);
          // Not in texts of several lines, where they would be no comments.
          const canComment = hasComments && !isJson && !/[|>"'][-+\d]*$/m.test(before);
          const text = `# first\n${canComment ? before.replaceAll(/(?<=\S)$/gm, ' # c') : before}`;
          const [read] = parseAllDocuments(text) as Document[];
          fc.pre(read!.errors.length === 0);
          const { text: after, leftOut } = mendText(isJson ? before : text, [fixOf([fix])]);
          if (leftOut.length > 0) {
            expect(after).toBe(isJson ? before : text);
            return;
          }
          made++;
          const [document] = parseAllDocuments(after) as Document[];
          expect(document!.errors).toEqual([]);
          expect(document!.toJS()).toEqual(edited(object(spec), fix));
          if (isJson) expect(JSON.parse(after)).toEqual(document!.toJS());
          else expect(after.startsWith('# first\n')).toBe(true);
          if (op === 'set' && canComment)
            expect(after.split(' # c').length).toBe(text.split(' # c').length);
        },
      ),
      { numRuns: 400 },
    );
    // Most can be made: it is no test if nearly all are left out.
    expect(made).toBeGreaterThan(150);
  });

  it('throws on no text and no edit', () => {
    const piece = fc.constantFrom(
      'a:',
      ' ',
      '\n',
      '- ',
      '? ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '&a ',
      '*a',
      '!!x ',
      '|\n',
      '"',
      "'",
      '#',
      '---\n',
      '...\n',
      '<<: ',
      '\t',
      '\r\n',
      '%YAML 1.2\n',
      'kind: NetworkPolicy\n',
      'metadata: { name: web, namespace: shop }\n',
      'spec:\n',
    );
    const step = fc.oneof(fc.constantFrom('spec', 'a', '<<', ''), fc.integer({ min: -2, max: 3 }));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.array(step, { maxLength: 4 }),
        value,
        fc.constantFrom('set', 'remove', 'quote'),
        (pieces, path, set, op) => {
          const text = pieces.join('');
          const edit: FixEdit = op === 'set' ? { op, path, value: set } : { op, path };
          const { made, leftOut } = mendText(text, [
            fixOf([edit]),
            fixOf([edit], { object: 'NetworkPolicy' }),
          ]);
          expect(made.length + leftOut.length).toBe(2);
        },
      ),
      { numRuns: 400 },
    );
  });
});
