/** Line numbers of offsets in a text. */
export class LineTable {
  readonly #starts: number[] = [0];

  constructor(
    text: string,
    private readonly firstLine: number,
  ) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return this.firstLine + low;
  }
}
