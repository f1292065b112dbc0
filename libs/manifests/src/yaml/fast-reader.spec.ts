import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Path } from '../documents/line-map.js';
import type { ReadDocument } from '../documents/read-result.js';
import { DEFAULT_MANIFEST_LIMITS } from '../limits.js';
import { readYamlFast } from './fast-reader.js';
import { readYaml } from './reference-reader.js';
import { partOfObject, type Wanted } from '../documents/wanted-fields.js';

const LIMITS = { ...DEFAULT_MANIFEST_LIMITS, maxDepth: 12, maxAliases: 5 };
const RUNS = 2000;

/** Pieces of lines that YAML has rules for. */
const PIECES = [
  ...['a: ', 'b: ', 'kind: ', 'items:', 'c:', 'd:1', 'key : v', '"q": ', "'s': ", '? x', ': y'],
  ...['- ', '-', '- - ', '-x', 'x', 'two words', 'a:b', 'http://x:80/', 'x # no', '#c', ' # c'],
  ...['"dq"', '"open', 'close"', '"e\\n\\u00e9"', '"bad\\q"', "'it''s'", "'open", "close'", '"'],
  ...['|', '|-', '>+', '|2', '>1-', '| # c', '|x', '{}', '[]', '{a: 1}', '[1, 2]', '{', ']'],
  ...['&n ', '*n', '<<: *n', '!!str ', '! ', '%YAML', '@', '`', '~', 'null', 'yes', 'off', 'y'],
  ...['0777', '0x1F', '1_000', '1e3', '.5', '-', '+1', '08', '.inf', '12:30', '2024-01-02', '-0'],
  ...['---', '...', '--- x', '__proto__: ', 'é', '😀', '\u0085', '\u00a0', '\ufeff', '\u0007'],
  ...['\t', ' ', '  ', '"a', 'b" : c', 'a', 'a', 'b'],
];
const line = fc
  .tuple(fc.nat(6), fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }))
  .map(([indent, pieces]) => `${' '.repeat(indent)}${pieces.join('')}`);
const lines = fc
  .tuple(fc.array(line, { maxLength: 9 }), fc.boolean())
  .map(([parts, isClosed]) => parts.join('\n') + (isClosed ? '\n' : ''));

/** Lines that most often are a document: keys and list elements one under the other. */
const tidyLine = fc
  .tuple(
    fc.constantFrom(0, 0, 2, 2, 4),
    fc.constantFrom('', '', '- ', '- - '),
    fc.constantFrom('a:', 'b:', 'c:', 'd:', 'e:', 'f:', 'items:', 'kind:', '"g":', 'no:', '5:', ''),
    fc.constantFrom(
      '',
      '',
      ' x',
      ' "y',
      ' z"',
      " 'w'",
      ' |',
      ' >-',
      ' # c',
      ' {}',
      ' 1',
      ' p q',
      ' []',
    ),
  )
  .map(([indent, dash, key, value]) => `${' '.repeat(indent)}${dash}${key}${value}`);
const tidy = fc.array(tidyLine, { maxLength: 10 }).map((parts) => `${parts.join('\n')}\n`);

const word = fc.oneof(
  fc.constantFrom('a', 'b', 'kind', 'items', 'Pod', 'List', 'data', 'spec', 'yes', '1', '0x1', ''),
  fc.constantFrom("it's", 'a: b', 'c #d', '- e', 'line\nline\n', '\n x', 'tab\there', ' lead', 'é'),
  fc.constantFrom('a rather long text that an emitter folds into several lines when it may do so'),
  fc.string({ maxLength: 8 }),
);
const value = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(word, tie('node'), { maxKeys: 5 }),
  ),
})).node;
const dumped = fc
  .tuple(
    fc.dictionary(word, value, { minKeys: 1, maxKeys: 5 }),
    fc.record({
      seqNoIndent: fc.boolean(),
      sortKeys: fc.boolean(),
      lineWidth: fc.constantFrom(-1, 20, 80),
      indent: fc.constantFrom(1, 2, 4),
      quoteStyle: fc.constantFrom('single' as const, 'double' as const),
    }),
  )
  .map(([object, options]) => dump(object, options));
const damaged = fc
  .tuple(
    dumped,
    fc.array(fc.tuple(fc.nat(400), fc.nat(2), fc.constantFrom(...PIECES, '\n')), { maxLength: 3 }),
  )
  .map(([text, edits]) =>
    edits.reduce((changed, [at, cut, piece]) => {
      const i = at % (changed.length + 1);
      return changed.slice(0, i) + piece + changed.slice(i + cut);
    }, text),
  );

describe('readYamlFast', () => {
  it.each([
    ['arbitrary lines', lines],
    ['lines that often are a document', tidy],
    ['documents as machines write them', dumped],
    ['the same, damaged', damaged],
  ])(
    'reads exactly what the reference reader reads, or steps aside: %s',
    (_, texts) => {
      fc.assert(fc.property(texts, agreesWithReference), { numRuns: RUNS });
    },
    60_000,
  );

  it('does not step aside for what machines write', () => {
    let read = 0;
    const texts = fc.sample(dumped, { numRuns: 300, seed: 1 });
    for (const text of texts) if (readYamlFast(text, 1, LIMITS, ALL) !== null) read++;
    expect(read / texts.length).toBeGreaterThan(0.3);
  });

  it.each([
    ['a list at the column of its key', 'a:\n- b: 1\n  c:\n  - 2\nd: 3\n'],
    ['lists in lists', 'a:\n- - 1\n  - 2\n- - b: 3\n'],
    ['folded plain text', 'a: one\n  two\n\n  three\nb: 4\n'],
    ['folded quoted text', 'a: "one \\\n  \\ two"\nb: \'three\n\n  four\'\n'],
    ['block scalars', 'a: |\n  x\n   y\n\nb: >-\n  z\nc: |2\n    w\nd: |+\n\n'],
    ['comments and blank lines', '---\n# c\na: 1 # d\n\n  # e\nb:\n# f\n  c: 2\n'],
    ['keys of managed fields', 'f:a:\n  .: {}\n  k:{"uid":"x"}: {}\n'],
    ['texts that are no numbers', 'a: 1.2.3\nb: 10.0.0.1\nc: 2024-01-02T03:04:05Z\nd: 0x\n'],
  ])('reads %s itself', (_, text) => {
    expect(readYamlFast(text, 1, LIMITS, ALL)).not.toBeNull();
    agreesWithReference(text);
  });

  it.each([
    [
      'duplicate keys in what is not kept',
      'kind: Pod\nspec:\n  volumes:\n  - a: 1\n    b: 2\n    a: 3\n',
    ],
    ['a key in two spellings in what is not kept', 'kind: Secret\ndata:\n  true: 1\n  yes: 2\n'],
    [
      'a key among many that are in no order',
      `kind: Secret\ndata:\n${Array.from({ length: 40 }, (_, i) => `  k${(i * 7) % 39}: 1\n`).join('')}`,
    ],
    ['bad indentation in what is not kept', 'kind: Secret\ndata:\n  a: 1\n   b: 2\n'],
    ['an alias in what is not kept', 'kind: Secret\ndata:\n  a: *b\n'],
    ['a second document', 'a: 1\n---\nb: 2\n'],
    ['nesting beyond the limit', `${nested(13)}\n`],
    ['anchors', 'a: &x 1\nb: *x\n'],
    ['tabs as indentation', 'a:\n\tb: 1\n'],
    ['an unclosed quote', 'a: "b\nc: 1\n'],
    ['an unclosed quote in front of a line that begins like a value', "'a: b\n: c\n"],
  ])('steps aside for %s', (_, text) => {
    expect(readYamlFast(text, 1, LIMITS, WANTED)).toBeNull();
  });

  it.each([
    ['the same', ''],
    ['a block that goes on', '    more: 1\n'],
    ['text that goes on', '      and more\n'],
    ['a line that stands too deep', '   x: 1\n'],
    ['a comment behind it', '# c\n'],
    ['a blank line behind it', '\n'],
    ['a list that goes on', '  - more: 1\n'],
    ['a tab', '\tx: 1\n'],
    ['a marker', '---\n'],
  ])('reads a block that stood in the document before like any other: %s', (_, next) => {
    const text =
      'kind: Pod\nmetadata:\n  labels:\n    app: one-of-many-pods-with-this-label\n    tier: some text\n';
    const list =
      'kind: Pod\nspec:\n  containers:\n  - name: one-of-many-pods-with-this-name\n    ports: []\n';
    const passed = text.replace('metadata', 'nowhere');
    for (const block of [text, list, passed]) {
      agreesWithReference(`${block}other: 1\n`);
      agreesWithReference(`${block}${next}other: 1\n`);
      agreesWithReference(`${block}${next}`);
    }
  });
});

const ALL = { onlyWanted: false, plainBytes: null };
const WANTED = { onlyWanted: true, plainBytes: null };

function nested(depth: number): string {
  return Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
}

function agreesWithReference(source: string): void {
  // Text comes from UTF-8: it has no lone surrogates.
  const text = Buffer.from(source).toString();
  const fastResult = readYamlFast(text, 1, LIMITS, ALL);
  const plainBytes = /^[\x20-\x7e\t\n]*\n$/.test(text) ? Buffer.from(text) : null;
  const wantedResult = readYamlFast(text, 1, LIMITS, { onlyWanted: true, plainBytes });
  expect(wantedResult === null).toBe(fastResult === null);
  if (fastResult === null || wantedResult === null) return;
  expect([...fastResult.failures, ...wantedResult.failures]).toEqual([]);
  const [fast, wanted] = [fastResult.documents[0]!, wantedResult.documents[0]!];
  const reference = readYaml(text, 1, LIMITS);
  expect(reference.failures).toEqual([]);
  expect(reference.documents).toHaveLength(1);
  const [document] = reference.documents;
  expect(described(fast)).toEqual(described(document!));
  // JavaScript puts keys that are numbers first, and then the order of the text is lost.
  if (/^\s*['"]?\d/m.test(text)) return;
  expect(wanted.root.value).toEqual(onlyWanted(document!.root.value));
}

/** Values, spans and all lines. */
function described(document: ReadDocument): unknown {
  const places = [document.root, ...document.items.values()];
  return places.map(({ value, firstLine, lastLine, locate }) => {
    const locator = locate();
    const found = [...paths(value, [])].map((path) => [path, locator(path)]);
    return { value, firstLine, lastLine, found };
  });
}

function* paths(value: unknown, path: Path): Generator<Path> {
  yield path;
  if (Array.isArray(value))
    for (const [i, item] of value.entries()) yield* paths(item, [...path, i]);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* paths(item, [...path, key]);
  }
}

/** An object without the fields that are not needed, by the same table. */
function onlyWanted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(onlyWanted);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  let kind: string | null = null;
  for (const [key, part] of Object.entries(value)) {
    const wanted = partOfObject(kind, key);
    if (wanted === null) continue;
    kept[key] = key === 'items' ? onlyWanted(part) : project(part, wanted);
    if (key === 'kind' && typeof part === 'string') kind = part;
  }
  return kept;
}

function project(value: unknown, wanted: Wanted): unknown {
  if (wanted === true || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => project(item, wanted));
  const parts = Object.entries(value).flatMap(([key, part]): [string, unknown][] => {
    const kept = wanted.get(key);
    return kept === undefined ? [] : [[key, project(part, kept)]];
  });
  return Object.fromEntries(parts);
}
