import { describe, expect, it } from 'vitest';
import { resolvePlainScalar } from './resolve-scalar.js';

describe('resolvePlainScalar', () => {
  it.each<[string, unknown]>([
    ['yes', true],
    ['On', true],
    ['n', false],
    ['oN', 'oN'],
    ['', null],
    ['~', null],
    ['nULL', 'nULL'],
    ['80', 80],
    ['-0x1F', -31],
    ['0777', 511],
    ['0o17', 15],
    ['0b11', 3],
    ['08', 8],
    ['1_000', 1000],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.', 1],
    ['.inf', Infinity],
    ['12:30', '12:30'],
    ['2024-01-02', '2024-01-02'],
    ['10.0.0.1', '10.0.0.1'],
    ['0x', '0x'],
    ['-', '-'],
    ['.', '.'],
    ['_1', '_1'],
    ['1e3a', '1e3a'],
    ['99999999999999999999', 1e20],
  ])('%j', (text, value) => {
    expect(resolvePlainScalar(text)).toBe(value);
  });
});
