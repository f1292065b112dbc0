import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { caveatsPage } from './caveats-page.js';

const bodyOf = (markdown: string): string =>
  /<body>\n([^]*)\n<\/body>/.exec(caveatsPage(markdown))?.[1] ?? '';

describe('caveatsPage', () => {
  it('has headings that can be linked to, and paragraphs', () => {
    expect(bodyOf('# Caveats\n\nOne\ntwo.\n\n## HOST_NETWORK\n\nThree.\n')).toBe(
      '<h1 id="caveats">Caveats</h1>\n<p>One\ntwo.</p>\n<h2 id="host_network">HOST_NETWORK</h2>\n<p>Three.</p>',
    );
  });

  it('shows code, and the text of links', () => {
    expect(bodyOf('See `a & b` in [the file](other.md).')).toBe(
      '<p>See <code>a &amp; b</code> in the file.</p>',
    );
  });

  it('knows all the Markdown that docs/caveats.md uses', () => {
    const path = new URL('../../../../docs/caveats.md', import.meta.url);
    const blocks = readFileSync(path, 'utf8').split(/\n{2,}/);
    // Lists, tables, quotes, fences, deeper headings and emphasis would be shown as they are written.
    expect(blocks.filter((block) => /^(?:[-*>|] ?|```|#{3,}|\d+\. )|\*\*/.test(block))).toEqual([]);
  });

  it('takes nothing for HTML', () => {
    expect(bodyOf('<script>"x"</script>')).toBe(
      '<p>&lt;script&gt;&quot;x&quot;&lt;/script&gt;</p>',
    );
  });
});
