/** The annotation that silences findings about an object: `NP201=reason until 2027-01-31`, several by `;` or line. */
export const IGNORE_ANNOTATION = 'portolan.dev/ignore';

/** Characters that the annotation may have. A longer one silences nothing. */
const MAX_IGNORE_LENGTH = 4_096;

/** Kinds of object on which the annotation is read, in the order in which the sources column `ignores` numbers them. */
export const ANNOTATED_KINDS = ['NAMESPACE', 'WORKLOAD', 'POLICY', 'SERVICE', 'ROUTE'] as const;
/** A kind of ANNOTATED_KINDS. */
export type AnnotatedKind = (typeof ANNOTATED_KINDS)[number];

/** Why a finding is silenced, and how long. */
export interface Suppression {
  readonly reason: string;
  /** The last day on which it holds (`2027-01-31`); null = for good. */
  readonly until: string | null;
}

/** One entry of the annotation. */
export interface IgnoreEntry extends Suppression {
  /** Of a finding rule: `NP201`. */
  readonly rule: string;
}

/** What an annotation says. Entries that cannot be read silence nothing, and each has a fault. */
export interface IgnoreAnnotation {
  readonly entries: readonly IgnoreEntry[];
  /** For people: why an entry cannot be read. */
  readonly faults: readonly string[];
}

/** Integers that an annotation takes in `ignores`: kind, object in its segment, line, text (string). */
export const IGNORE_WORDS = 4;

const LONGEST_SHOWN = 80;

/** Reads the annotation. */
export function parseIgnore(text: string): IgnoreAnnotation {
  if (text.length > MAX_IGNORE_LENGTH) {
    const fault = `is longer than ${String(MAX_IGNORE_LENGTH)} characters`;
    return { entries: [], faults: [fault] };
  }
  const entries: IgnoreEntry[] = [];
  const faults: string[] = [];
  for (const part of text.split(/[;\n]/)) {
    const written = part.trim();
    if (written === '') continue;
    const read = readEntry(written);
    if (typeof read === 'string') faults.push(`${shown(written)} ${read}`);
    else entries.push(read);
  }
  if (entries.length + faults.length === 0) faults.push('is empty');
  return { entries, faults };
}

/** The entry, or what is wrong with it. */
function readEntry(text: string): IgnoreEntry | string {
  const equals = text.indexOf('=');
  const rule = text.slice(0, Math.max(0, equals)).trim();
  if (!/^NP\d{3}$/.test(rule)) return 'does not begin with a rule like NP201=';
  const words = text.slice(equals + 1).trim();
  const at = lastUntil(words);
  if (at < 0) return words === '' ? 'gives no reason' : { rule, reason: words, until: null };
  const reason = words.slice(0, at).trim();
  const until = words.slice(at + UNTIL.length).trim();
  if (!isDay(until)) return 'has no date like 2027-01-31 behind "until"';
  return reason === '' ? 'gives no reason' : { rule, reason, until };
}

const UNTIL = 'until';

/** Where the last word `until` begins; whoever writes it means a day, and must not be taken to mean for good. */
function lastUntil(text: string): number {
  let at = -1;
  for (const match of text.matchAll(/(?<![\w-])until(?![\w-])/gi)) at = match.index;
  return at;
}

/** Whether a text is a day of the calendar as `2027-01-31`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function shown(text: string): string {
  const short = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return JSON.stringify(short);
}
