import {
  type AliasEvent,
  type Event,
  EVENT_ID,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml';
import { LineMap } from '../documents/line-map.js';
import {
  checkTextLength,
  type PlacedValue,
  type ReadDocument,
  type ReadLimits,
  type ReadResult,
  setKey,
  UnreadableText,
} from '../documents/read-result.js';
import { ValueCount } from '../documents/value-count.js';
import { lastOffsetOf, startOf, tagOf } from './event-text.js';
import { LineTable } from './line-table.js';
import { jsonKey, resolvePlainScalar, type Scalar } from './resolve-scalar.js';

/** Values that aliases may add to a document: a few aliases of aliases would otherwise stand for billions. */
const MAX_ALIASED_VALUES = 100_000;
/** js-yaml holds some hundred bytes for each value of a document. */
const MAX_LENGTH = 8 * 1024 * 1024;
/** js-yaml counts scalars as a level as well, and keys. */
const PARSER_DEPTH_MARGIN = 2;

/**
 * Reads YAML of any form, exactly, at some megabytes a second. Syntax is js-yaml's; what scalars mean, duplicate keys,
 * merges and limits are ours. Text is usually one document; a syntax error loses all of it.
 */
export function readYaml(text: string, firstLine: number, limits: ReadLimits): ReadResult {
  // First of all: a table of the lines of a text of any size would itself be of any size.
  if (text.length > MAX_LENGTH) {
    const message = 'a document of this size must be in block style, as kubectl writes it';
    return { documents: [], failures: [{ code: 'TOO_LARGE', message, line: firstLine }] };
  }
  const table = new LineTable(text, firstLine);
  try {
    const events = parseEvents(text, { maxDepth: limits.maxDepth + PARSER_DEPTH_MARGIN });
    return { documents: new Composer(text, events, table, limits).documents(), failures: [] };
  } catch (error) {
    const { code, message, offset } = failureOf(error);
    return { documents: [], failures: [{ code, message, line: table.lineAt(offset) }] };
  }
}

function failureOf(error: unknown): Pick<UnreadableText, 'code' | 'message' | 'offset'> {
  if (error instanceof UnreadableText) return error;
  if (!(error instanceof YAMLException)) throw error;
  // What follows a colon or an opening quotation mark is text of the document.
  const message = error.reason.replace(/(?:: | ").*$/s, '');
  const isTooDeep = message.startsWith('nesting exceeded');
  return {
    code: isTooDeep ? 'TOO_LARGE' : 'SYNTAX',
    message: isTooDeep ? 'nested too deeply' : message,
    offset: error.mark?.position ?? 0,
  };
}

interface Anchored {
  readonly value: unknown;
  /** Values in it, and levels of maps and lists. */
  readonly size: number;
  readonly depth: number;
}

class Composer {
  #next = 0;
  #anchors = new Map<string, Anchored>();
  #lines = new LineMap();
  #items = new Map<object, PlacedValue>();
  #aliases = 0;
  #aliased = 0;
  readonly #count: ValueCount;
  /** Values composed so far, and the offset up to which text was used. */
  #size = 0;
  #end = 0;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
    private readonly table: LineTable,
    private readonly limits: ReadLimits,
  ) {
    this.#count = new ValueCount(limits);
  }

  documents(): ReadDocument[] {
    const documents: ReadDocument[] = [];
    while (this.#next < this.events.length) documents.push(this.#document());
    return documents;
  }

  #document(): ReadDocument {
    this.#next++;
    this.#anchors = new Map();
    this.#lines = new LineMap();
    this.#items = new Map();
    this.#aliases = this.#aliased = this.#size = 0;
    this.#count.restart();
    const start = startOf(this.#peek());
    this.#end = start ?? 0;
    const { value } = this.#value(0, true);
    this.#next++;
    return { root: this.#placed(value, start ?? 0), items: this.#items };
  }

  #placed(value: unknown, start: number): PlacedValue {
    const lines = this.#lines;
    const firstLine = this.table.lineAt(start);
    return {
      value,
      firstLine,
      lastLine: this.table.lineAt(this.#end),
      locate: () => (path) => lines.nearest(value, path, firstLine),
    };
  }

  #peek(): Event {
    const event = this.events[this.#next];
    if (event === undefined) throw new UnreadableText('SYNTAX', 'unexpected end', this.text.length);
    return event;
  }

  /** As `#node`, for what is no key. */
  #value(depth: number, holdsObjects: boolean): Anchored {
    this.#count.value(startOf(this.#peek()) ?? this.#end);
    return this.#node(depth, holdsObjects);
  }

  /** `holdsObjects`: the value is the root of a document or an element of a list's `items`. */
  #node(depth: number, holdsObjects: boolean): Anchored {
    const event = this.#peek();
    this.#next++;
    this.#size++;
    const before = this.#size;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.#keep(event, { value: this.#scalar(event), size: 1, depth: 0 });
      case EVENT_ID.ALIAS:
        return this.#alias(event, depth);
      case EVENT_ID.SEQUENCE: {
        const { value, levels } = this.#sequence(event, depth + 1, holdsObjects);
        return this.#keep(event, { value, size: this.#size - before + 1, depth: levels });
      }
      case EVENT_ID.MAPPING: {
        const { value, levels } = this.#mapping(event, depth + 1, holdsObjects);
        return this.#keep(event, { value, size: this.#size - before + 1, depth: levels });
      }
      case EVENT_ID.DOCUMENT:
      case EVENT_ID.POP:
        throw new UnreadableText('SYNTAX', 'a value is missing', this.#end);
    }
  }

  #keep(event: ScalarEvent | SequenceEvent | MappingEvent, node: Anchored): Anchored {
    if (event.anchorStart >= 0) {
      this.#anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), node);
    }
    return node;
  }

  #alias(event: AliasEvent, depth: number): Anchored {
    this.#end = Math.max(this.#end, event.anchorEnd - 1);
    const node = this.#anchors.get(this.text.slice(event.anchorStart, event.anchorEnd));
    if (node === undefined) {
      throw new UnreadableText('SYNTAX', 'an alias without an anchor before it', event.anchorStart);
    }
    this.#aliases++;
    this.#aliased += node.size;
    this.#size += node.size;
    if (this.#aliases > this.limits.maxAliases || this.#aliased > MAX_ALIASED_VALUES) {
      throw new UnreadableText('TOO_LARGE', 'too many aliases', event.anchorStart);
    }
    this.#checkDepth(depth + node.depth, event.anchorStart);
    return node;
  }

  #checkDepth(depth: number, offset: number): void {
    if (depth > this.limits.maxDepth) {
      throw new UnreadableText('TOO_LARGE', 'nested too deeply', offset);
    }
  }

  #sequence(
    event: SequenceEvent,
    depth: number,
    holdsObjects: boolean,
  ): { value: unknown[]; levels: number } {
    this.#checkDepth(depth, event.start);
    this.#checkTag(event, 'seq');
    this.#end = Math.max(this.#end, event.start);
    const value: unknown[] = [];
    let levels = 0;
    while (this.#peek().type !== EVENT_ID.POP) {
      const start = startOf(this.#peek());
      if (start !== null) this.#lines.record(value, value.length, this.table.lineAt(start));
      const outer = holdsObjects ? this.#count.beginObject(start ?? this.#end) : 0;
      const node = this.#value(depth, holdsObjects);
      if (holdsObjects) this.#count.endObject(outer);
      levels = Math.max(levels, node.depth);
      if (holdsObjects && isContainer(node.value)) {
        this.#items.set(node.value, this.#placed(node.value, start ?? this.#end));
      }
      value.push(node.value);
    }
    this.#next++;
    return { value, levels: levels + 1 };
  }

  #mapping(
    event: MappingEvent,
    depth: number,
    holdsObjects: boolean,
  ): { value: Record<string, unknown>; levels: number } {
    this.#checkDepth(depth, event.start);
    this.#checkTag(event, 'map');
    this.#end = Math.max(this.#end, event.start);
    const value: Record<string, unknown> = {};
    const merged = new Set<string>();
    let levels = 0;
    while (this.#peek().type !== EVENT_ID.POP) {
      const keyEvent = this.#peek();
      const offset = startOf(keyEvent) ?? this.#end;
      const key = this.#key(keyEvent, depth);
      const isObjectList = holdsObjects && key === 'items';
      const node = this.#value(depth, isObjectList);
      levels = Math.max(levels, node.depth);
      if (key === null) {
        this.#merge(value, node.value, merged, offset);
        continue;
      }
      if (Object.hasOwn(value, key) && !merged.delete(key)) {
        throw new UnreadableText('SYNTAX', 'duplicated mapping key', offset);
      }
      this.#lines.record(value, key, this.table.lineAt(offset));
      setKey(value, key, node.value);
    }
    this.#next++;
    return { value, levels: levels + 1 };
  }

  /** Null for the merge key `<<`. */
  #key(event: Event, depth: number): string | null {
    const { value } = this.#node(depth, false);
    const offset = startOf(event) ?? this.#end;
    const isPlain = event.type === EVENT_ID.SCALAR && event.style === SCALAR_STYLE.PLAIN;
    if (value === '<<' && isPlain && event.tagStart < 0) return null;
    const key = isContainer(value) ? null : jsonKey(value as Scalar);
    if (key === null) throw new UnreadableText('SYNTAX', 'a mapping key is no text', offset);
    return key;
  }

  /** Keys written out win over merged ones, earlier merged ones over later. */
  #merge(
    target: Record<string, unknown>,
    source: unknown,
    merged: Set<string>,
    offset: number,
  ): void {
    for (const from of Array.isArray(source) ? (source as unknown[]) : [source]) {
      if (!isContainer(from) || Array.isArray(from)) {
        throw new UnreadableText('SYNTAX', 'only a mapping can be merged', offset);
      }
      for (const [key, value] of Object.entries(from)) {
        this.#aliased++;
        if (Object.hasOwn(target, key)) continue;
        merged.add(key);
        setKey(target, key, value);
        this.#lines.record(target, key, this.#lines.at(from, key) ?? this.table.lineAt(offset));
      }
    }
    if (this.#aliased > MAX_ALIASED_VALUES) {
      throw new UnreadableText('TOO_LARGE', 'too many merged keys', offset);
    }
  }

  #scalar(event: ScalarEvent): Scalar {
    this.#end = Math.max(this.#end, lastOffsetOf(this.text, event));
    checkTextLength(event.valueStart, event.valueEnd, this.limits);
    const text = getScalarValue(this.text, event);
    const isPlain = event.style === SCALAR_STYLE.PLAIN;
    switch (tagOf(this.text, event)) {
      case null:
        return isPlain ? resolvePlainScalar(text) : text;
      case 'int':
      case 'float':
      case 'bool':
      case 'null':
        return resolvePlainScalar(text);
      case 'map':
      case 'seq':
        throw new UnreadableText('SYNTAX', 'the tag does not fit the value', event.tagStart);
      default:
        return text;
    }
  }

  #checkTag(event: SequenceEvent | MappingEvent, fitting: 'seq' | 'map'): void {
    const tag = tagOf(this.text, event);
    if (tag !== null && tag !== fitting && tag !== '!') {
      throw new UnreadableText('SYNTAX', 'the tag does not fit the value', event.tagStart);
    }
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
