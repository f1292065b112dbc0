/**
 * Text in a Markdown cell or line, shown as it is: nothing in it makes a table cell, a link, a mention, an image, or HTML. Line
 * breaks become spaces.
 */
export function markdownText(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]#|~@$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('://', '&#58;//');
}

/** Text in a code span; a pipe in a table would end the cell even there. */
export function markdownCode(text: string): string {
  return `<code>${markdownText(text)}</code>`;
}
