import { describe, expect, it } from 'vitest';
import { encodeChunks } from './encode-chunks.js';

describe('encodeChunks', () => {
  it('cuts a long text into chunks of about 64 KiB and keeps every byte', () => {
    const texts = Array.from({ length: 20_000 }, (_, i) => `row ${i} – ünï\n`);
    const chunks = [...encodeChunks(texts)];
    expect(Buffer.concat(chunks).toString('utf8')).toBe(texts.join(''));
    for (const { byteLength } of chunks.slice(0, -1)) {
      expect(byteLength).toBeGreaterThanOrEqual(64 * 1024);
      expect(byteLength).toBeLessThan(96 * 1024);
    }
  });

  it('gives chunks that own their memory, as they are handed to another thread', () => {
    for (const { buffer, byteLength } of encodeChunks(['a', 'b'.repeat(70_000), 'c'])) {
      expect(buffer.byteLength).toBe(byteLength);
    }
  });

  it('gives no chunk for no text', () => {
    expect([...encodeChunks([])]).toEqual([]);
    expect([...encodeChunks(['', ''])]).toEqual([]);
  });
});
