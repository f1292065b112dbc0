import { parseAddress } from '@portolan/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AddressFunction, combine } from './address-function.js';

const SPACE = 12;

/** A function over the first addresses of IPv4, given point by point; 0 = nothing. */
function fromPoints(values: readonly number[]): AddressFunction<number> {
  return values.flatMap((value, i) =>
    value === 0 ? [] : [{ family: 4 as const, first: [i], last: [i], value }],
  );
}

function at(pieces: AddressFunction<number>, address: number): number {
  return pieces.find(({ first, last }) => first[0]! <= address && address <= last[0]!)?.value ?? 0;
}

const points = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: SPACE, maxLength: SPACE });

describe('combine', () => {
  it('combines address by address', () => {
    fc.assert(
      fc.property(points, points, (a, b) => {
        const combined = combine(
          fromPoints(a),
          fromPoints(b),
          { a: 0, b: 0 },
          (x, y) => 10 * x + y,
        );
        for (let i = 0; i < SPACE; i++) expect(at(combined, i)).toBe(10 * a[i]! + b[i]!);
      }),
    );
  });

  it('reaches the last address', () => {
    const whole: AddressFunction<number> = [
      { family: 4, first: [0], last: [0xffffffff], value: 1 },
    ];
    const end: AddressFunction<number> = [
      { family: 4, first: parseAddress('255.0.0.0').words, last: [0xffffffff], value: 2 },
    ];
    expect(combine(whole, end, { a: 0, b: 0 }, (a, b) => a + b)).toEqual([
      { family: 4, first: [0], last: [0xfeffffff], value: 1 },
      { family: 4, first: [0xff000000], last: [0xffffffff], value: 3 },
    ]);
  });
});
