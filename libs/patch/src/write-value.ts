/** How text is written where values are put in. */
export interface ValueStyle {
  readonly isJson: boolean;
  /** Columns between a key and the dashes of its list. */
  readonly dashIndent: number;
}

/** Quotes around texts that would not need them. */
export type Quotes = 'none' | 'single' | 'double';

/** A value in one line. */
export function flowText(value: unknown, style: ValueStyle, quotes: Quotes = 'none'): string {
  if (Array.isArray(value))
    return `[${value.map((one) => flowText(one, style, quotes)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalarText(value, style, quotes);
  const entries = Object.entries(value).map(([key, one]) => entryText(key, one, style, quotes));
  if (entries.length === 0) return '{}';
  return style.isJson ? `{${entries.join(', ')}}` : `{ ${entries.join(', ')} }`;
}

/** A key with its value in one line. */
export function entryText(
  key: string,
  value: unknown,
  style: ValueStyle,
  quotes: Quotes = 'none',
): string {
  return `${scalarText(key, style)}: ${flowText(value, style, quotes)}`;
}

/** A value as lines from a column on; a scalar, and what is empty, is one line. */
export function blockLines(value: unknown, column: number, style: ValueStyle): string[] {
  const indent = ' '.repeat(column);
  if (!isFull(value)) return [indent + flowText(value, style)];
  if (Array.isArray(value))
    return value.flatMap((one) => {
      const [first = '', ...rest] = blockLines(one, column + 2, style);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  return Object.entries(value).flatMap(([key, one]) => keyLines(key, one, column, style));
}

/** A key with its value as lines from a column on. */
export function keyLines(key: string, value: unknown, column: number, style: ValueStyle): string[] {
  const name = `${' '.repeat(column)}${scalarText(key, style)}:`;
  if (!isFull(value)) return [`${name} ${flowText(value, style)}`];
  const within = column + (Array.isArray(value) ? style.dashIndent : 2);
  return [name, ...blockLines(value, within, style)];
}

/** Whether it is a list or a map that has something. */
export function isFull(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** Words that some version of YAML reads as something else than text. */
const NOT_TEXT = /^(?:true|false|yes|no|on|off|null|y|n)$/i;
const PLAIN = /^(?:[A-Za-z][\w./-]*|\d+(?:\.\d+){3}(?:\/\d+)?)$/;

/** A scalar. Text that YAML could read as something else is quoted. */
export function scalarText(
  value: unknown,
  { isJson }: ValueStyle,
  quotes: Quotes = 'none',
): string {
  if (isJson || typeof value !== 'string') return JSON.stringify(value);
  if (quotes === 'single' && !/['\p{Cc}]/u.test(value)) return `'${value}'`;
  const isPlain = quotes === 'none' && PLAIN.test(value) && !NOT_TEXT.test(value);
  return isPlain ? value : JSON.stringify(value);
}
