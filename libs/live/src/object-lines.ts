/** Bytes of one file: what a reader holds in memory at a time. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Objects as JSON, one a line, in blocks of a size that can be read in one piece. */
export class ObjectLines {
  count = 0;
  readonly #blocks: Buffer[] = [];
  #lines: string[] = [];
  #length = 0;

  constructor(private readonly maxBlockBytes = MAX_FILE_BYTES) {}

  add(line: string): void {
    this.count++;
    this.#lines.push(line);
    this.#length += line.length + 1;
    if (this.#length >= this.maxBlockBytes) this.#close();
  }

  /** All lines; none may be added afterwards. */
  blocks(): readonly Buffer[] {
    this.#close();
    return this.#blocks;
  }

  #close(): void {
    if (this.#lines.length === 0) return;
    this.#blocks.push(Buffer.from(`${this.#lines.join('\n')}\n`));
    this.#lines = [];
    this.#length = 0;
  }
}
