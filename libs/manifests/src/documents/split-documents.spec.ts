import { describe, expect, it } from 'vitest';
import { DocumentSplitter } from './split-documents.js';

describe('DocumentSplitter', () => {
  it.each<[string, string, [number, string][]]>([
    [
      'at markers',
      'a\n---\nb\n--- # c\nd',
      [
        [1, 'a\n'],
        [2, '---\nb\n'],
        [4, '--- # c\nd'],
      ],
    ],
    [
      'at the end marker',
      'a\n...\nb\n',
      [
        [1, 'a\n'],
        [2, '...\nb\n'],
      ],
    ],
    [
      'not at what only looks like a marker',
      'a: |\n ---\n----\n---x\n',
      [[1, 'a: |\n ---\n----\n---x\n']],
    ],
    [
      'at a marker at the end',
      'a\n---',
      [
        [1, 'a\n'],
        [2, '---'],
      ],
    ],
    [
      'with Windows line ends',
      'a\r\n---\r\nb',
      [
        [1, 'a\r\n'],
        [2, '---\r\nb'],
      ],
    ],
    [
      'with directives before their marker',
      '# c\n%YAML 1.2\n---\na\n',
      [[1, '# c\n%YAML 1.2\n---\na\n']],
    ],
    [
      'without the byte order mark',
      '\ufeffa\n---\nb',
      [
        [1, 'a\n'],
        [2, '---\nb'],
      ],
    ],
  ])('splits %s, however the chunks fall', (_, text, expected) => {
    for (const size of [1, 2, 3, 5, 1000]) expect(split(text, size)).toEqual(expected);
  });

  it('gives what is longer than the limit piece by piece', () => {
    const splitter = new DocumentSplitter(10);
    const pieces = [
      ...splitter.push(Buffer.from('a\n'.repeat(6))),
      ...splitter.push(Buffer.from('a\n')),
      ...splitter.push(Buffer.from('a\n---\nb\n')),
      ...splitter.end(),
    ];
    expect(pieces.map(({ bytes, firstLine, isLast }) => [bytes.length, firstLine, isLast])).toEqual(
      [
        [11, 1, false],
        [2, 6, false],
        [3, 7, true],
        [6, 9, true],
      ],
    );
  });
});

function split(text: string, size: number): [number, string][] {
  const splitter = new DocumentSplitter(1000);
  const bytes = Buffer.from(text);
  const documents = [];
  for (let at = 0; at < bytes.length; at += size)
    documents.push(...splitter.push(bytes.subarray(at, at + size)));
  documents.push(...splitter.end());
  return documents.map(({ firstLine, bytes: part }) => [firstLine, part.toString()]);
}
