/** A growing list of 32-bit integers. */
export class IntList {
  #values = new Int32Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#reserve(this.#length + 1);
    this.#values[this.#length++] = value;
  }

  pushAll(values: ArrayLike<number>): void {
    this.#reserve(this.#length + values.length);
    this.#values.set(values, this.#length);
    this.#length += values.length;
  }

  #reserve(length: number): void {
    if (length <= this.#values.length) return;
    const larger = new Int32Array(Math.max(length, this.#values.length * 2));
    larger.set(this.#values);
    this.#values = larger;
  }

  at(index: number): number {
    return this.#values[index]!;
  }

  clear(): void {
    this.#length = 0;
  }

  /** A copy of what is there, in memory of this thread. */
  toArray(): Int32Array {
    return this.#values.slice(0, this.#length);
  }

  /** A copy in memory that any thread reads. */
  toShared(): Int32Array {
    return shared(this.#values.subarray(0, this.#length));
  }
}

/** Zeros in memory that any thread reads. */
export function sharedColumn(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

/** A copy of integers in memory that any thread reads. */
export function shared(values: ArrayLike<number>): Int32Array {
  const copy = sharedColumn(values.length);
  copy.set(values);
  return copy;
}

/** The integers from 0 up to, but without, `count`. */
export function indices(count: number): Int32Array {
  const all = new Int32Array(count);
  for (let i = 0; i < count; i++) all[i] = i;
  return all;
}
