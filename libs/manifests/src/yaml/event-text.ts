import {
  type Event,
  EVENT_ID,
  type MappingEvent,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
} from 'js-yaml';

/** Where a value begins; null when there is no text for it. */
export function startOf(event: Event): number | null {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      if (event.valueStart < 0) return null;
      // The text of a block scalar begins on the line after its header.
      return isBlockScalar(event) ? event.valueStart - 1 : event.valueStart;
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.start;
    case EVENT_ID.ALIAS:
      return event.anchorStart;
    case EVENT_ID.DOCUMENT:
    case EVENT_ID.POP:
      return null;
  }
}

/** The offset of the last character of a scalar that is not white space. */
export function lastOffsetOf(text: string, event: ScalarEvent): number {
  const { valueStart, valueEnd } = event;
  if (valueStart < 0) return 0;
  if (!isBlockScalar(event)) return Math.max(valueStart, valueEnd - 1);
  let last = valueEnd - 1;
  while (last >= valueStart && isWhiteSpace(text.charCodeAt(last))) last--;
  return last < valueStart ? valueStart - 1 : last;
}

/** The name of a standard tag, or `!` for others; null without a tag. */
export function tagOf(
  source: string,
  { tagStart, tagEnd }: ScalarEvent | SequenceEvent | MappingEvent,
): string | null {
  if (tagStart < 0) return null;
  const tag = source.slice(tagStart, tagEnd);
  const standard = /^(?:!!|!<tag:yaml\.org,2002:)([a-z]+)>?$/.exec(tag);
  return standard?.[1] ?? '!';
}

function isBlockScalar({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
}

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
