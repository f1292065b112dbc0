/**
 * docs/caveats.md as a page for browsers. It has headings, paragraphs, `code` and links; no other Markdown is known here.
 * A heading can be linked to by its text in lower case, as in the file itself on a Git server.
 */
export function caveatsPage(markdown: string): string {
  const blocks = markdown.trim().split(/\n{2,}/);
  return `${HEAD}${blocks.map(blockOf).join('\n')}\n</body>\n</html>\n`;
}

const HEAD = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>Portolan: caveats</title>
<link rel="icon" href="data:," />
<style>body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 sans-serif } :target { background: #fe9 }</style>
</head>
<body>
`;

function blockOf(text: string): string {
  const [, marks = '', title = ''] = /^(##?) (.+)$/.exec(text) ?? [];
  if (marks === '') return `<p>${inline(text)}</p>`;
  const tag = `h${marks.length}`;
  return `<${tag} id="${escapeHtml(title.toLowerCase())}">${inline(title)}</${tag}>`;
}

/** Links lead to other files of the project, which are not served: their text remains. */
function inline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
