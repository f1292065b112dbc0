/** A growing list of 32-bit integers. */
export class IntList {
  #values = new Int32Array(16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  pushAll(values: Iterable<number>): void {
    for (const value of values) this.push(value);
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

/** A copy of integers in memory that any thread reads. */
export function shared(values: ArrayLike<number>): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(values.length * 4));
  copy.set(values);
  return copy;
}
