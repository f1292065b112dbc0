import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MANIFEST_LIMITS } from '../limits.js';
import type { ManifestSource } from '../manifest-source.js';
import { readSourceFiles } from './read-source-files.js';

async function read(source: ManifestSource, wanted: string[], maxBytes = 1000) {
  const files = await readSourceFiles(source, new Set(wanted), maxBytes, DEFAULT_MANIFEST_LIMITS);
  return Object.fromEntries(
    Array.from(files, ([path, content]) => [path, content === null ? null : String(content)]),
  );
}

async function* chunksOf(...chunks: Buffer[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

const file = (path: string, text: string) => ({ path, content: Buffer.from(text) });

describe('readSourceFiles', () => {
  it('reads what is wanted, and says where a path is not the only one', async () => {
    const files = [
      file('a.yaml', 'a'),
      file('b.yaml', 'b'),
      file('c.yaml', '1'),
      file('c.yaml', '2'),
    ];
    expect(await read({ kind: 'files', files }, ['a.yaml', 'c.yaml', 'd.yaml'])).toEqual({
      'a.yaml': 'a',
      'c.yaml': null,
    });
  });

  it('reads text that is packed, under the name that it has in problems', async () => {
    const chunks = chunksOf(gzipSync('kind: X'));
    expect(await read({ kind: 'stream', path: 'a.yaml.gz', chunks }, ['a.yaml'])).toEqual({
      'a.yaml': 'kind: X',
    });
  });

  it('keeps no more of a long file than tells that it is too long', async () => {
    const chunks = chunksOf(...Array.from({ length: 100 }, () => Buffer.alloc(600, 'a')));
    const { 'a.yaml': content } = await read(
      { kind: 'stream', path: 'a.yaml', chunks },
      ['a.yaml'],
      1000,
    );
    expect(content?.length).toBe(1200);
  });

  it('throws what reading throws', async () => {
    // eslint-disable-next-line require-yield
    async function* broken(): AsyncGenerator<Uint8Array> {
      await Promise.reject(new Error('gone'));
    }
    await expect(read({ kind: 'stream', path: 'a', chunks: broken() }, ['a'])).rejects.toThrow(
      'gone',
    );
  });
});
