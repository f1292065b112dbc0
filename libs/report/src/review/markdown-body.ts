/** Lines of a list that are shown. */
const SHOWN_LINES = 50;

/** A line of a table. */
export function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}

/** Sections of a comment one after the other, as long as there is room for their lines. */
export class MarkdownBody {
  #text = '';

  constructor(private readonly room: number) {}

  table(title: string, isFolded: boolean, rows: readonly string[], head: readonly string[]): void {
    this.#section(title, isFolded, rows, [cells(head), cells(head.map(() => '---'))]);
  }

  list(title: string, isFolded: boolean, lines: readonly string[]): void {
    const shown = lines.slice(0, SHOWN_LINES);
    const more = lines.length - shown.length;
    this.#section(title, isFolded, more > 0 ? [...shown, `- and ${more} more`] : shown, []);
  }

  text(): string {
    return this.#text;
  }

  #section(
    title: string,
    isFolded: boolean,
    lines: readonly string[],
    head: readonly string[],
  ): void {
    if (lines.length === 0) return;
    const open = isFolded
      ? ['', `<details><summary>${title} (${lines.length})</summary>`, '', ...head]
      : ['', `### ${title}`, '', ...head];
    const close = isFolded ? '\n\n</details>\n' : '\n';
    let section = open.join('\n');
    const room = this.room - this.#text.length - close.length - CUT_LENGTH;
    let shown = 0;
    while (shown < lines.length && section.length + (lines[shown]?.length ?? 0) + 1 <= room)
      section += `\n${lines[shown++] ?? ''}`;
    const left = lines.length - shown;
    const cut = left > 0 ? `\n\n${cutText(left, lines.length)}` : '';
    if (section.length <= room) this.#text += `${section}${cut}${close}`;
    else if (this.#text.length + cut.length + 1 <= this.room) this.#text += `${cut}\n`;
  }
}

function cutText(left: number, all: number): string {
  return `**${left} of ${all} rows are left out here**: the whole is in the other formats (\`-o json\`, \`-o text\`).`;
}

/** Room that is kept for the line that says what was cut. */
const CUT_LENGTH = 200;
