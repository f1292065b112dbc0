import type { ObjectFix } from '@portolan/model';
import { type LeftOut, mendText } from './mend-text.js';
import { unifiedDiff } from './unified-diff.js';

/** How much a patch may be about. */
export interface PatchLimits {
  /** Fixes that are looked at. */
  readonly maxFixes: number;
  /** Of a file that is changed. */
  readonly maxFileBytes: number;
  /** Characters of the patch. */
  readonly maxLength: number;
}

/** More than anybody reads, and read in seconds. */
export const DEFAULT_PATCH_LIMITS: PatchLimits = {
  maxFixes: 10_000,
  maxFileBytes: 4 * 1024 * 1024,
  maxLength: 32 * 1024 * 1024,
};

/** Fixes as a patch. */
export interface Patch {
  /** A unified diff; empty where no fix could be made. */
  readonly text: string;
  readonly files: readonly PatchedFile[];
  readonly made: readonly ObjectFix[];
  readonly leftOut: readonly LeftOut[];
}

/** A file as the patch makes it. */
export interface PatchedFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Makes a patch of fixes: of two for one place the first is in it. `files` has the bytes of the files in which their objects
 * stand; null = there are several of the name, or it cannot be read.
 */
export function makePatch(
  files: ReadonlyMap<string, Uint8Array | null>,
  fixes: readonly ObjectFix[],
  limits: PatchLimits = DEFAULT_PATCH_LIMITS,
): Patch {
  const looked = fixes.slice(0, limits.maxFixes);
  const leftOut: LeftOut[] = fixes
    .slice(limits.maxFixes)
    .map((fix) => ({ fix, why: `there are more than ${limits.maxFixes} fixes` }));
  const made: ObjectFix[] = [];
  const patched: PatchedFile[] = [];
  const pieces: string[] = [];
  let length = 0;
  for (const [path, own] of byFile(looked)) {
    const before = textOf(files.get(path) ?? null, limits);
    if (!before.ok) {
      leftOut.push(...own.map((fix) => ({ fix, why: before.why })));
      continue;
    }
    const mended = mendText(before.text, own);
    leftOut.push(...mended.leftOut);
    if (mended.splices.length === 0) continue;
    const diff = unifiedDiff({ path, before: before.text, splices: mended.splices });
    const piece = mended.made.map(remark).join('') + diff;
    length += piece.length;
    if (length > limits.maxLength) {
      leftOut.push(...mended.made.map((fix) => ({ fix, why: 'the patch would be too long' })));
      length -= piece.length;
      continue;
    }
    pieces.push(piece);
    made.push(...mended.made);
    patched.push({ path, content: mended.text });
  }
  return { text: pieces.join(''), files: patched, made, leftOut };
}

/** Files in the order of their paths. */
function byFile(fixes: readonly ObjectFix[]): [path: string, fixes: ObjectFix[]][] {
  const files = new Map<string, ObjectFix[]>();
  for (const fix of fixes) {
    const { path } = fix.location;
    const own = files.get(path);
    if (own === undefined) files.set(path, [fix]);
    else own.push(fix);
  }
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1));
}

type Text =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

function textOf(content: Uint8Array | null, { maxFileBytes }: PatchLimits): Text {
  if (content === null) return { ok: false, why: 'there are several files of this name, or none' };
  if (content.byteLength > maxFileBytes)
    return { ok: false, why: `the file is larger than ${maxFileBytes} bytes` };
  try {
    // What is no character of a file goes into the patch as it is.
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { ok: true, text: decoder.decode(content) };
  } catch {
    return { ok: false, why: 'the file is not UTF-8' };
  }
}

/** A line before the differences of a file, which programs that apply them pass over. */
function remark({ rule, object, path, line, text }: ObjectFix): string {
  const place = path === null ? '' : ` ${path}`;
  return `# ${`${rule} ${object}${place}, line ${line}: ${text}`.replaceAll(/\p{Cc}+/gu, ' ')}\n`;
}
