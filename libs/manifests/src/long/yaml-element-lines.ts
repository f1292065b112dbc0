const CODE = { newline: 0x0a, carriageReturn: 0x0d, space: 0x20, hash: 0x23, dash: 0x2d } as const;

/** In so many bytes the first element begins; there may be comments in front of it. */
const FIRST_LINES = 4096;

/** How much of a text is elements that are complete. */
export interface ElementRun {
  readonly bytes: number;
  readonly lines: number;
  /** Whether the list ends behind them. */
  readonly isEnd: boolean;
}

/**
 * Finds where elements of a list in block style begin: at lines with a dash in the column of the first one. A scalar of more lines is
 * indented deeper than the list that it stands in, so no such line is text.
 */
export class YamlElementLines {
  /** Beginning of the line that is looked at next, and how many lines are in front of it. */
  #at = 0;
  #lines = 0;
  #complete = { bytes: 0, lines: 0 };

  constructor(private readonly column: number) {}

  /** The column of the first element; null when the text does not begin with one. */
  static columnOf(text: Buffer): number | null {
    const head = text.toString('latin1', 0, FIRST_LINES);
    const [, spaces] = /^(?:[ ]*(?:#[^\n]*)?\r?\n)*([ ]*)-[ \r\n]/.exec(head) ?? [];
    return spaces?.length ?? null;
  }

  /** Looks at what has arrived since; `text` is what is not taken yet. */
  scan(text: Buffer, isLast: boolean): ElementRun {
    while (this.#at < text.length) {
      const kind = this.#kindOfLine(text, isLast);
      if (kind === 'cut off') break;
      if (kind !== 'inside') this.#complete = { bytes: this.#at, lines: this.#lines };
      if (kind === 'behind') return { ...this.#complete, isEnd: true };
      const end = lineEnd(text, this.#at);
      if (end < 0) {
        if (isLast) this.#at = text.length;
        break;
      }
      this.#at = end + 1;
      this.#lines++;
    }
    if (!isLast) return { ...this.#complete, isEnd: false };
    return { bytes: text.length, lines: this.#lines, isEnd: true };
  }

  /** So many bytes, those that `scan` gave, are no longer part of the text. */
  taken(bytes: number): void {
    this.#at -= bytes;
    this.#lines -= this.#complete.lines;
    this.#complete = { bytes: 0, lines: 0 };
  }

  #kindOfLine(text: Buffer, isLast: boolean): 'element' | 'inside' | 'behind' | 'cut off' {
    const { column } = this;
    let at = this.#at;
    const indented = at + column;
    while (at < indented && text[at] === CODE.space) at++;
    // A dash counts with what follows it.
    if (at + 1 >= text.length && !isLast) return 'cut off';
    const code = text[at];
    if (code === undefined || code === CODE.newline || code === CODE.carriageReturn)
      return 'inside';
    if (code === CODE.hash) return 'inside';
    if (at < indented) return 'behind';
    if (code === CODE.space) return 'inside';
    return code === CODE.dash && isBlank(text[at + 1]) ? 'element' : 'behind';
  }
}

function isBlank(code: number | undefined): boolean {
  return (
    code === undefined ||
    code === CODE.space ||
    code === CODE.newline ||
    code === CODE.carriageReturn
  );
}

function lineEnd(text: Buffer, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === CODE.newline) return at;
  return -1;
}
