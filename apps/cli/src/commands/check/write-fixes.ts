import { DEFAULT_MANIFEST_LIMITS, type ManifestSource, readSourceFiles } from '@portolan/manifests';
import { DEFAULT_PATCH_LIMITS, type LeftOut, makePatch, type Patch } from '@portolan/patch';
import { type CheckInput, openFixes } from '@portolan/review';
import { writeOutput } from '../../output/write-output.js';
import type { Terminal } from '../../terminal.js';
import type { FixesOptions } from './fixes-options.js';

/** Fixes that are left out and named; further ones are counted. */
const NAMED = 100;

/** Writes the mechanical fixes of a check as a patch, and says which are left out. @throws InputError */
export async function writeFixes(
  input: CheckInput,
  source: ManifestSource,
  { file, rules }: FixesOptions,
  terminal: Terminal,
): Promise<void> {
  const fixes = openFixes(input, rules);
  const paths = new Set(fixes.map(({ location }) => location.path));
  const { maxFileBytes } = DEFAULT_PATCH_LIMITS;
  const files = await readSourceFiles(source, paths, maxFileBytes, DEFAULT_MANIFEST_LIMITS);
  const patch = makePatch(files, fixes);
  await writeOutput(terminal, file, [patch.text]);
  terminal.writeError([...lines(patch, file)].map((line) => `${line}\n`).join(''));
}

function* lines({ files, made, leftOut }: Patch, file: string | null): Generator<string> {
  for (const one of leftOut.slice(0, NAMED)) yield printable(leftOutText(one));
  if (leftOut.length > NAMED) yield `and ${leftOut.length - NAMED} more that are not patched`;
  const name = file ?? 'the patch';
  const of = made.length + leftOut.length;
  yield of === 0
    ? `${name}: no open finding has a mechanical fix`
    : `${name}: ${made.length} of ${of} mechanical ${of === 1 ? 'fix' : 'fixes'}, in ${files.length} ${files.length === 1 ? 'file' : 'files'}`;
}

function leftOutText({ fix: { location, line, rule, object, path }, why }: LeftOut): string {
  const place = path === null ? '' : ` ${path}`;
  return `${location.path}:${line}: ${rule} ${object}${place} is not patched: ${why}`;
}

/** Names come from manifests of others. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
