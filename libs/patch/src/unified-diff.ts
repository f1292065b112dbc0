import { FILE_HEADERS_ONLY, formatPatch, type StructuredPatchHunk } from 'diff';
import { startOfLine } from './lines.js';
import { type Splice, spliced } from './splice.js';

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/** A file before, and its splices in order. */
export interface ChangedFile {
  /** From where the patch is to be applied, with slashes. */
  readonly path: string;
  readonly before: string;
  readonly splices: readonly Splice[];
}

/**
 * The difference as a unified diff, with `a/` and `b/` before the path. It has no line `diff --git`, for with one `git apply` takes
 * paths from the root of the repository, wherever it runs. What differs is known by the splices: nothing is searched for, however
 * much is changed.
 */
export function unifiedDiff({ path, before, splices }: ChangedFile): string {
  const lines = linesOf(before);
  const hunks: StructuredPatchHunk[] = [];
  let moved = 0;
  for (const group of groupsOf(changesOf(before, splices))) {
    const hunk = hunkOf(lines, group, moved);
    hunks.push(hunk);
    moved += hunk.newLines - hunk.oldLines;
  }
  const names = { oldFileName: `a/${path}`, newFileName: `b/${path}` };
  const text = formatPatch({ ...names, oldHeader: '', newHeader: '', hunks }, FILE_HEADERS_ONLY);
  if (!path.includes(' ')) return text;
  // A blank ends a name unless a tab does: so git writes it, too.
  const [first = '', second = '', ...rest] = text.split('\n');
  return [`${first}\t`, `${second}\t`, ...rest].join('\n');
}

/** Lines from `from` to `to`, counted from 0, and those in their place. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

function changesOf(before: string, splices: readonly Splice[]): Change[] {
  const changes: Change[] = [];
  let [seen, line] = [0, 0];
  for (const { from, to, own } of regionsOf(before, splices)) {
    line += linesOf(before.slice(seen, from)).length;
    const old = linesOf(before.slice(from, to));
    const next = linesOf(spliced(before.slice(from, to), own));
    changes.push(...trimmed(line, old, next));
    line += old.length;
    seen = to;
  }
  return changes;
}

/** Whole lines of a text, and their splices by places in them. */
interface Region {
  readonly from: number;
  to: number;
  readonly own: Splice[];
}

function regionsOf(text: string, splices: readonly Splice[]): Region[] {
  const regions: Region[] = [];
  for (const splice of splices) {
    const from = startOfLine(text, splice.from);
    const found = text.indexOf('\n', splice.to);
    const to = found < 0 ? text.length : found + 1;
    let region = regions.at(-1);
    // What is put at the end of a text may go on with its last line.
    if (region === undefined || (region.to <= from && from < text.length))
      regions.push((region = { from, to, own: [] }));
    else region.to = Math.max(to, region.to);
    const { from: start } = region;
    region.own.push({ ...splice, from: splice.from - start, to: splice.to - start });
  }
  return regions;
}

/** Without the lines that are the same at both ends; nothing where all are. */
function trimmed(line: number, old: readonly string[], next: readonly string[]): Change[] {
  const shared = Math.min(old.length, next.length);
  let first = 0;
  while (first < shared && old[first] === next[first]) first++;
  let last = 0;
  while (last < shared - first && old.at(-1 - last) === next.at(-1 - last)) last++;
  if (first + last === Math.max(old.length, next.length)) return [];
  const lines = next.slice(first, next.length - last);
  return [{ from: line + first, to: line + old.length - last, lines }];
}

/** Changes of which the lines around them meet. */
function groupsOf(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const end = group?.at(-1)?.to;
    if (group === undefined || end === undefined || change.from - end > 2 * CONTEXT)
      groups.push([change]);
    else group.push(change);
  }
  return groups;
}

function hunkOf(
  lines: readonly string[],
  changes: readonly Change[],
  moved: number,
): StructuredPatchHunk {
  const start = Math.max(0, (changes[0]?.from ?? 0) - CONTEXT);
  const end = Math.min(lines.length, (changes.at(-1)?.to ?? 0) + CONTEXT);
  const shown: string[] = [];
  let at = start;
  let newLines = end - start;
  for (const { from, to, lines: added } of changes) {
    shown.push(...marked(' ', lines.slice(at, from)));
    shown.push(...marked('-', lines.slice(from, to)), ...marked('+', added));
    newLines += added.length - (to - from);
    at = to;
  }
  shown.push(...marked(' ', lines.slice(at, end)));
  const newStart = start + 1 + moved;
  return { oldStart: start + 1, oldLines: end - start, newStart, newLines, lines: shown };
}

function marked(mark: string, lines: readonly string[]): string[] {
  return lines.flatMap((line) =>
    line.endsWith('\n')
      ? [mark + line.slice(0, -1)]
      : [mark + line, '\\ No newline at end of file'],
  );
}

/** Lines with their line breaks. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
