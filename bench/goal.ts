/** One line of the bench: a ratio (or a size) against its bound. */
export interface Figure {
  /** Goal, for example `G2`. */
  readonly id: string;
  readonly what: string;
  /** Null = not measured in this run. */
  readonly value: number | null;
  readonly unit: 'x' | 'MB';
  readonly bound: number;
  /** Whether the value should be at most or at least the bound. */
  readonly sense: 'at most' | 'at least';
  /** How the figure came about: what was measured against what. */
  readonly detail: string;
}

export function isMet({ value, bound, sense }: Figure): boolean | null {
  if (value === null) return null;
  return sense === 'at most' ? value <= bound : value >= bound;
}

export function line(figure: Figure): string {
  const { id, what, value, unit, bound, sense, detail } = figure;
  const met = isMet(figure);
  const shown = value === null ? 'not measured' : `${format(value)}${unit === 'x' ? ' x' : ' MB'}`;
  const verdict = met === null ? '-' : met ? 'ok' : 'short';
  return `${id.padEnd(4)} ${verdict.padEnd(6)} ${shown.padStart(13)}  (${sense} ${format(bound)})  ${what}; ${detail}`;
}

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
