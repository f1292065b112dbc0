import { describe, expect, it } from 'vitest';
import { storedText } from './stored-text.js';

describe('storedText', () => {
  it('replaces U+0000, which PostgreSQL refuses', () => {
    expect(storedText('a\u0000b\u0000', 10)).toBe('a\uFFFDb\uFFFD');
  });

  it('keeps what is as long as the limit, and cuts what is longer to it', () => {
    expect(storedText('12345', 5)).toBe('12345');
    expect(storedText('123456', 5)).toBe('1234…');
  });

  it('does not cut a character in two', () => {
    expect(storedText('123😀67', 5)).toBe('123…');
    expect(storedText('12😀67', 5)).toBe('12😀…');
  });
});
