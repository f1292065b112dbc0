import type { OpenKeys } from '../documents/open-keys.js';
import type { ValueCount } from '../documents/value-count.js';
import type { BlockScanner } from './block-scanner.js';
import type { BlockReading, BlockUse, RepeatedBlocks } from './repeated-blocks.js';

/** Blocks that were read before, for the text that a scanner is in. */
export class KnownBlocks {
  constructor(
    private readonly blocks: RepeatedBlocks,
    private readonly scanner: BlockScanner,
    private readonly openKeys: OpenKeys,
    private readonly count: ValueCount,
  ) {}

  /**
   * Passes over the block behind the colon at `at` and says what came of the same one before. Null when it is not known; then it
   * must be read.
   */
  take(at: number, use: BlockUse): BlockReading | null {
    const { scanner } = this;
    const known = this.blocks.find(scanner.codes, at, use);
    if (known === null) return null;
    const { length, lines, lastLine, values } = known;
    // Within limits, and the next line is no part of it: otherwise its text alone does not say what it is.
    if (!this.openKeys.hasRoomFor(length) || !scanner.isBehindAt(at + length, use.column))
      return null;
    if (!this.count.addKnown(values)) return null;
    scanner.lastLine = scanner.line + lastLine;
    scanner.lineFrom(at + length, scanner.line + lines);
    return known;
  }

  /** Remembers the block that was read from `at`, on that line, with as many values. */
  keep(at: number, line: number, use: BlockUse, value: unknown, values: number): void {
    const { scanner } = this;
    if (!scanner.isBehind(use.column)) return;
    this.blocks.remember(scanner.codes, at, use, {
      length: scanner.start - at,
      lines: scanner.line - line,
      lastLine: scanner.lastLine - line,
      values,
      value,
    });
  }
}
