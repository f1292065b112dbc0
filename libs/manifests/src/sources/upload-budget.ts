/** Counts what an upload costs, and says when it costs too much. */
export class UploadBudget {
  bytes = 0;
  files = 0;
  objects = 0;
  #documents = 0;

  constructor(
    private readonly limits: {
      readonly maxUnpackedBytes: number;
      readonly maxFiles: number;
      readonly maxObjects: number;
    },
  ) {}

  /** What there is too much of; null while all is well. */
  get excess(): string | null {
    const { maxUnpackedBytes, maxFiles, maxObjects } = this.limits;
    if (this.bytes > maxUnpackedBytes) return `more than ${maxUnpackedBytes} bytes`;
    if (this.files > maxFiles) return `more than ${maxFiles} files`;
    if (Math.max(this.objects, this.#documents) > maxObjects)
      return `more than ${maxObjects} objects`;
    return null;
  }

  /** Counts a document; empty and unreadable ones as well, since they cost time. False when that was one too many. */
  addDocument(): boolean {
    this.#documents++;
    return this.excess === null;
  }

  /** Passes chunks on while the budget lasts; then the text just ends, and the upload is refused. */
  async *counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.bytes += chunk.byteLength;
      if (this.excess !== null) return;
      yield chunk;
    }
  }
}
