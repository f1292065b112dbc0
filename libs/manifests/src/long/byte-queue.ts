const FIRST_CAPACITY = 1 << 16;

/** Bytes that arrive at the end and are taken from the front. */
export class ByteQueue {
  #bytes = Buffer.allocUnsafe(FIRST_CAPACITY);
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** What is there. It may be written over by `push`. */
  get view(): Buffer {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  push(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#bytes.length) this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** Takes away so many bytes. What is returned may be written over by `push`. */
  take(count: number): Buffer {
    const taken = this.#bytes.subarray(this.#start, this.#start + count);
    this.#start += count;
    return taken;
  }

  clear(): void {
    this.#start = this.#end = 0;
  }

  /** In the same memory where half of it is enough, so that each byte is moved a few times at most. */
  #makeRoom(count: number): void {
    const needed = this.length + count;
    const target =
      needed > this.#bytes.length / 2 ? Buffer.allocUnsafeSlow(2 * needed) : this.#bytes;
    this.#bytes.copy(target, 0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    this.#bytes = target;
  }
}
