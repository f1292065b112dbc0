import { invariant } from './invariant.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/**
 * A column block: named columns of 32-bit integers and one string table in one run of bytes, read in place.
 *
 *     int32  magic 'PTL1', number of columns, number of strings
 *     int32  length of each column
 *     int32  the columns, one after the other
 *     int32  byte offset of each string, and the end of the last
 *     bytes  the strings, UTF-8
 *
 * Little-endian. Equal content gives equal bytes: whoever fills a block does so in a fixed order.
 */
const MAGIC = 0x314c5450;
const HEADER_WORDS = 3;

/** A block opened for reading. Columns are views of the block's memory: nothing is copied, and each is made when first asked for. */
export interface ColumnBlock<Column extends string> {
  readonly columns: Readonly<Record<Column, Int32Array>>;
  readonly strings: StringTable;
  /** The block itself, for walks over thousands of blocks that make no view of anything. */
  readonly raw: RawBlock;
}

/** Where what a block holds lies in its memory. */
export interface RawBlock {
  readonly words: Int32Array;
  readonly bytes: Uint8Array;
  readonly stringCount: number;
  /** Index in `words` of the offset of the first string; string i begins at byte `firstText` plus the i-th of these. */
  readonly textOffsets: number;
  /** Index in `bytes` of the first string. */
  readonly firstText: number;
}

/** How long a column is, by its place among the names. */
export function columnLength({ words }: RawBlock, column: number): number {
  return column < words[1]! ? words[HEADER_WORDS + column]! : 0;
}

/** Writes down where each column begins in `words`, and where the last one ends: `starts` has one entry more than there are names. */
export function columnStarts(raw: RawBlock, starts: Int32Array): void {
  let at = HEADER_WORDS + raw.words[1]!;
  for (let column = 0; column + 1 < starts.length; column++) {
    starts[column] = at;
    at += columnLength(raw, column);
  }
  starts[starts.length - 1] = at;
}

/** Strings of a block, decoded when asked for. */
export class StringTable {
  /** Made with the first string that is remembered: most blocks are never asked. */
  #decoded: Map<number, string> | null = null;

  constructor(
    private readonly offsets: Int32Array,
    private readonly bytes: Uint8Array,
  ) {}

  get size(): number {
    return this.offsets.length - 1;
  }

  at(index: number): string {
    const known = this.#decoded?.get(index);
    if (known !== undefined) return known;
    const text = decodeUtf8(this.bytes, this.offsets[index]!, this.offsets[index + 1]!);
    this.#decoded ??= new Map();
    this.#decoded.set(index, text);
    return text;
  }

  /** Decodes without remembering: for large walks that look at each string once. */
  peek(index: number): string {
    return (
      this.#decoded?.get(index) ??
      decodeUtf8(this.bytes, this.offsets[index]!, this.offsets[index + 1]!)
    );
  }

  /** Whether the first `count` strings of two tables are the same. */
  beginsLike(other: StringTable, count: number): boolean {
    if (this.size < count || other.size < count) return false;
    for (let i = 0; i <= count; i++) if (this.offsets[i] !== other.offsets[i]) return false;
    for (let i = 0; i < this.offsets[count]!; i++)
      if (this.bytes[i] !== other.bytes[i]) return false;
    return true;
  }
}

/** Fills a block column by column. */
export class ColumnBlockWriter<Column extends string> {
  readonly #columns: Record<Column, number[]>;
  readonly #ids = new Map<string, number>();

  constructor(private readonly names: readonly Column[]) {
    this.#columns = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
      Column,
      number[]
    >;
  }

  /** The string's index in the table, the same for equal strings. */
  intern(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#ids.size;
    this.#ids.set(text, id);
    return id;
  }

  push(column: Column, ...values: readonly number[]): void {
    const target = this.#columns[column];
    for (const value of values) target.push(value);
  }

  length(column: Column): number {
    return this.#columns[column].length;
  }

  finish(): Uint8Array {
    const texts = [...this.#ids.keys()].map(encodeUtf8);
    const lengths = this.names.map((name) => this.#columns[name].length);
    const words = HEADER_WORDS + lengths.length + sum(lengths) + texts.length + 1;
    const bytes = new Uint8Array(words * 4 + sum(texts.map((text) => text.length)));
    const view = new DataView(bytes.buffer);
    let at = 0;
    const put = (word: number): void => {
      view.setInt32(at, word, true);
      at += 4;
    };
    [MAGIC, lengths.length, texts.length, ...lengths].forEach(put);
    for (const name of this.names) this.#columns[name].forEach(put);
    let offset = 0;
    for (const text of texts) {
      put(offset);
      offset += text.length;
    }
    put(offset);
    for (const text of texts) {
      bytes.set(text, at);
      at += text.length;
    }
    return bytes;
  }
}

/**
 * Opens a block. `bytes` must begin at a multiple of 4 in its buffer (a fresh copy does). A block that was written when
 * there were fewer columns is read as well: the columns that it lacks, the last ones, are empty.
 * @throws when the bytes are no block with these columns: stored data is damaged or of another version.
 */
export function readColumnBlock<Column extends string>(
  names: readonly Column[],
  bytes: Uint8Array,
): ColumnBlock<Column> {
  const whole = Math.floor(bytes.byteLength / 4);
  invariant(
    bytes.byteOffset % 4 === 0 && whole >= HEADER_WORDS,
    'a column block is aligned and has a header',
  );
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, whole);
  const columnCount = words[1]!;
  invariant(
    words[0] === MAGIC && columnCount > 0 && columnCount <= names.length,
    'a column block has the expected version and columns',
  );
  const stringCount = words[2]!;
  let at = HEADER_WORDS + columnCount;
  for (let i = 0; i < columnCount; i++) at += words[HEADER_WORDS + i]!;
  const firstText = (at + stringCount + 1) * 4;
  invariant(
    firstText <= words.length * 4 && words[at + stringCount] === bytes.length - firstText,
    'a column block is whole',
  );
  return new OpenBlock({ words, bytes, stringCount, textOffsets: at, firstText }, names);
}

class OpenBlock<Column extends string> implements ColumnBlock<Column> {
  #columns: Readonly<Record<Column, Int32Array>> | null = null;
  #strings: StringTable | null = null;

  constructor(
    readonly raw: RawBlock,
    private readonly names: readonly Column[],
  ) {}

  get columns(): Readonly<Record<Column, Int32Array>> {
    return (this.#columns ??= new (columnsOf(this.names))(this.raw));
  }

  get strings(): StringTable {
    const { words, bytes, stringCount, textOffsets, firstText } = this.raw;
    return (this.#strings ??= new StringTable(
      words.subarray(textOffsets, textOffsets + stringCount + 1),
      bytes.subarray(firstText),
    ));
  }
}

type Columns<Column extends string> = new (raw: RawBlock) => Readonly<Record<Column, Int32Array>>;

const COLUMN_CLASSES = new Map<readonly string[], Columns<string>>();
const NO_WORDS = new Int32Array(0);

/** The class whose instances have these columns as properties. */
function columnsOf<Column extends string>(names: readonly Column[]): Columns<Column> {
  let known = COLUMN_CLASSES.get(names);
  if (known === undefined) {
    known = defineColumns(names);
    COLUMN_CLASSES.set(names, known);
  }
  return known;
}

function defineColumns(names: readonly string[]): Columns<string> {
  class LazyColumns {
    readonly #views: (Int32Array | undefined)[] = [];

    constructor(private readonly raw: RawBlock) {}

    view(column: number): Int32Array {
      return (this.#views[column] ??= columnAt(this.raw, column));
    }
  }
  for (const [column, name] of names.entries())
    Object.defineProperty(LazyColumns.prototype, name, {
      get(this: LazyColumns) {
        return this.view(column);
      },
    });
  return LazyColumns as unknown as Columns<string>;
}

function columnAt(raw: RawBlock, column: number): Int32Array {
  const length = columnLength(raw, column);
  if (length === 0) return NO_WORDS;
  let at = HEADER_WORDS + raw.words[1]!;
  for (let i = 0; i < column; i++) at += raw.words[HEADER_WORDS + i]!;
  return raw.words.subarray(at, at + length);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
