import type { OpenKeys } from '../documents/open-keys.js';
import type { BlockScanner } from './block-scanner.js';
import { stepAside } from './characters.js';
import type { KnownBlocks } from './known-blocks.js';

/**
 * Passes over values that are not kept. All of their text is looked at, as where they are kept, but nothing is made for
 * them: no texts of keys either, as long as these are what is written.
 */
export class PassedBlocks {
  constructor(
    private readonly scanner: BlockScanner,
    private readonly openKeys: OpenKeys,
    private readonly maxDepth: number,
    private readonly known: KnownBlocks | null,
  ) {}

  /** What stands behind the colon of a key in this column. */
  value(column: number, depth: number): void {
    const { scanner, known } = this;
    const { pos, line } = scanner;
    if (scanner.hasContent()) {
      scanner.scalar(column, false);
      return;
    }
    const use = { column, depth, wanted: null };
    if (known !== null && known.take(pos, use) !== null) return;
    this.#nested(column, depth);
    known?.keep(pos, line, use, undefined, 0);
  }

  #nested(column: number, depth: number): void {
    const { scanner } = this;
    scanner.nextLine();
    const { indent } = scanner;
    // A list may stand as far left as the key that it belongs to.
    if (indent > column || (indent === column && scanner.isDash(scanner.pos)))
      this.#block(indent, depth);
  }

  /** A map or list that begins at the scanner's position. */
  #block(column: number, depth: number): void {
    if (depth >= this.maxDepth) stepAside();
    if (this.scanner.isDash(this.scanner.pos)) this.#list(column, depth + 1);
    else this.#map(column, depth + 1);
  }

  #map(column: number, depth: number): void {
    const { scanner, openKeys } = this;
    openKeys.open(depth);
    do {
      this.#key(depth);
      this.value(column, depth);
      if (scanner.indent > column) stepAside();
    } while (scanner.indent === column);
    openKeys.close(depth);
  }

  #key(depth: number): void {
    const { scanner, openKeys } = this;
    const { pos } = scanner;
    const colon = scanner.mapKeyEnd();
    const isNew = scanner.isLiteralKey(colon)
      ? openKeys.add(depth, pos, colon)
      : openKeys.addRead(depth, scanner.keyText(colon), pos);
    if (!isNew) stepAside();
    scanner.passKey(colon);
  }

  #list(column: number, depth: number): void {
    const { scanner } = this;
    scanner.lastLine = scanner.line;
    do {
      scanner.pos++;
      if (scanner.hasContent()) {
        this.#element(column, depth);
      } else {
        scanner.nextLine();
        if (scanner.indent > column) this.#block(scanner.indent, depth);
      }
      if (scanner.indent > column) stepAside();
    } while (scanner.indent === column && scanner.isDash(scanner.pos));
  }

  /** An element that begins behind its dash. */
  #element(column: number, depth: number): void {
    const { scanner } = this;
    if (scanner.isDash(scanner.pos) || scanner.keyEnd() >= 0)
      this.#block(scanner.pos - scanner.start, depth);
    else scanner.scalar(column, false);
  }
}
