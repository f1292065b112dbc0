import {
  type LabelSelector,
  normalizeSelector,
  type Requirement,
  type SelectorOperator,
} from './selector.js';

/** A selector read from text, or what is wrong with the text. */
export type ParsedSelector =
  | { readonly ok: true; readonly selector: LabelSelector }
  | { readonly ok: false; readonly message: string };

/**
 * Reads a label selector in the syntax of `kubectl get --selector`: requirements joined by commas, each of them `key`,
 * `!key`, `key=value`, `key==value`, `key!=value`, `key in (a,b)` or `key notin (a,b)`. Empty text selects everything.
 * Keys and values are checked as the API server checks labels
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set).
 */
export function parseSelector(text: string): ParsedSelector {
  const reader = new TokenReader(tokensOf(text));
  const requirements: Requirement[] = [];
  if (reader.peek() === END) return { ok: true, selector: [] };
  for (;;) {
    const requirement = readRequirement(reader);
    if (typeof requirement === 'string') return { ok: false, message: requirement };
    const problem = requirementProblem(requirement);
    if (problem !== null) return { ok: false, message: problem };
    requirements.push(requirement);
    const separator = reader.next();
    if (separator === END) return { ok: true, selector: normalizeSelector(requirements) };
    if (separator !== ',') return { ok: false, message: expected('"," or the end', separator) };
  }
}

/** Token after the last. */
const END = '';
const SYMBOLS = ['!', '(', ')', ',', '=', '==', '!=', '<', '>'];

/** Words and symbols; white space only separates. */
function tokensOf(text: string): string[] {
  return text.match(/==|!=|[!(),=<>]|[^\s!(),=<>]+/g) ?? [];
}

class TokenReader {
  #at = 0;

  constructor(private readonly tokens: readonly string[]) {}

  peek(): string {
    return this.tokens[this.#at] ?? END;
  }

  next(): string {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** The next token when it is a word, else null; symbols stay. */
  word(): string | null {
    const token = this.peek();
    return token === END || SYMBOLS.includes(token) ? null : this.next();
  }
}

/** A requirement, or the message that says why there is none. */
function readRequirement(reader: TokenReader): Requirement | string {
  const isNegated = reader.peek() === '!';
  if (isNegated) reader.next();
  const key = reader.word();
  if (key === null) return expected('a label key', reader.peek());
  if (isNegated) return { key, operator: 'DoesNotExist', values: [] };
  switch (reader.peek()) {
    case END:
    case ',':
      return { key, operator: 'Exists', values: [] };
    case '=':
    case '==':
      return readValue(reader, key, 'In');
    case '!=':
      return readValue(reader, key, 'NotIn');
    case 'in':
      return readValues(reader, key, 'In');
    case 'notin':
      return readValues(reader, key, 'NotIn');
    case '<':
    case '>':
      return `"${key} ${reader.peek()}": label selectors of policies do not compare numbers`;
    default:
      return expected(`an operator (=, ==, !=, in, notin) after "${key}"`, reader.peek());
  }
}

/** `key=` has the empty value. */
function readValue(reader: TokenReader, key: string, operator: SelectorOperator): Requirement {
  reader.next();
  return { key, operator, values: [reader.word() ?? ''] };
}

/** `(a,b)`; nothing between two commas is the empty value. */
function readValues(
  reader: TokenReader,
  key: string,
  operator: SelectorOperator,
): Requirement | string {
  const name = reader.next();
  const open = reader.next();
  if (open !== '(') return expected(`"(" after "${key} ${name}"`, open);
  if (reader.peek() === ')') return `"${key} ${name} ()" names no value`;
  const values: string[] = [];
  for (;;) {
    values.push(reader.word() ?? '');
    const separator = reader.next();
    if (separator === ')') return { key, operator, values };
    if (separator !== ',') return expected(`"," or ")" in the values of "${key}"`, separator);
  }
}

function expected(what: string, found: string): string {
  return `expected ${what}, found ${found === END ? 'the end' : `"${found}"`}`;
}

const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME = 63;
const MAX_PREFIX = 253;

function requirementProblem({ key, values }: Requirement): string | null {
  if (!isLabelKey(key)) return `"${key}" is not a label key`;
  const bad = values.find((value) => !isLabelValue(value));
  return bad === undefined ? null : `"${bad}" is not a label value (key "${key}")`;
}

/** Whether a text is a label key: `name` or `prefix/name`, the prefix being a DNS subdomain. */
export function isLabelKey(key: string): boolean {
  const [first = '', second, ...more] = key.split('/');
  if (more.length > 0) return false;
  const name = second ?? first;
  if (!NAME.test(name) || name.length > MAX_NAME) return false;
  return second === undefined || (first.length <= MAX_PREFIX && DNS_SUBDOMAIN.test(first));
}

/** Whether a text is a label value: empty, or up to 63 letters, digits, `-`, `_` and `.`. */
export function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= MAX_NAME && NAME.test(value));
}
