import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

/** The time that an RFC 3339 text states, to the millisecond; null when it is none. */
export function parseDateTime(text: string): Date | null {
  if (!RFC3339.test(text)) return null;
  const time = new Date(text);
  // 31 February would be taken as a day of March.
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  const isRealDay = (day ?? 0) <= new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
  return isRealDay && !Number.isNaN(time.getTime()) ? time : null;
}

/** Answers are in UTC; input may have any offset. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'RFC 3339 date and time, for example 2026-03-01T12:00:00Z. In answers always in UTC.',
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    throw new TypeError('DateTime needs a Date');
  },
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null),
});

function read(value: unknown): Date {
  const time = typeof value === 'string' ? parseDateTime(value) : null;
  if (time === null) {
    throw new GraphQLError(
      'DateTime must be an RFC 3339 date and time, such as 2026-03-01T12:00:00Z',
    );
  }
  return time;
}
