/** Whether an optional argument was given: GraphQL has undefined for what was left out, and null for what was said to be none. */
export function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== undefined && value !== null;
}
