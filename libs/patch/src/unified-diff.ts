import { FILE_HEADERS_ONLY, formatPatch, structuredPatch, type StructuredPatchHunk } from 'diff';
import { startOfLine } from './lines.js';
import { type Splice, spliced } from './splice.js';

/** Lines around a change that are shown with it. */
const CONTEXT = 3;
/** Lines around one that are compared: an added line like its neighbours may be found behind them. */
const MARGIN = 2 * CONTEXT;

/** A file before, and its splices in order. */
export interface ChangedFile {
  /** From where the patch is to be applied, with slashes. */
  readonly path: string;
  readonly before: string;
  readonly splices: readonly Splice[];
}

/**
 * The difference as a unified diff, with `a/` and `b/` before the path. It has no line `diff --git`, for with one `git apply` takes
 * paths from the root of the repository, wherever it runs. Only lines near the splices are compared, however long the file is.
 */
export function unifiedDiff({ path, before, splices }: ChangedFile): string {
  const hunks: StructuredPatchHunk[] = [];
  let [seen, line, moved] = [0, 0, 0];
  for (const { from, to, own } of regionsOf(before, splices)) {
    line += lineBreaks(before.slice(seen, from));
    seen = from;
    const old = before.slice(from, to);
    const next = spliced(old, own);
    for (const hunk of structuredPatch('', '', old, next, '', '', { context: CONTEXT }).hunks)
      hunks.push({
        ...hunk,
        oldStart: hunk.oldStart + line,
        newStart: hunk.newStart + line + moved,
      });
    moved += lineBreaks(next) - lineBreaks(old);
  }
  const names = { oldFileName: `a/${path}`, newFileName: `b/${path}` };
  const text = formatPatch({ ...names, oldHeader: '', newHeader: '', hunks }, FILE_HEADERS_ONLY);
  if (!path.includes(' ')) return text;
  // A blank ends a name unless a tab does: so git writes it, too.
  const [first = '', second = '', ...rest] = text.split('\n');
  return [`${first}\t`, `${second}\t`, ...rest].join('\n');
}

/** Whole lines, and their splices by places in them. */
interface Region {
  readonly from: number;
  to: number;
  readonly own: Splice[];
}

function regionsOf(text: string, splices: readonly Splice[]): Region[] {
  const regions: Region[] = [];
  for (const splice of splices) {
    const from = linesBefore(text, splice.from);
    const to = linesBehind(text, splice.to);
    let region = regions.at(-1);
    if (region === undefined || region.to < from) regions.push((region = { from, to, own: [] }));
    else region.to = Math.max(to, region.to);
    const { from: start } = region;
    region.own.push({ ...splice, from: splice.from - start, to: splice.to - start });
  }
  return regions;
}

function linesBefore(text: string, at: number): number {
  let start = startOfLine(text, at);
  for (let i = 0; i < MARGIN && start > 0; i++) start = startOfLine(text, start - 1);
  return start;
}

function linesBehind(text: string, at: number): number {
  let end = at;
  for (let i = 0; i <= MARGIN && end < text.length; i++) {
    const found = text.indexOf('\n', end);
    end = found < 0 ? text.length : found + 1;
  }
  return end;
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
