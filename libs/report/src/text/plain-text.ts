/** Text on one line of a terminal: control characters, which could move the cursor or colour what follows, become spaces. */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ');
}
