import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ManifestFile } from '@portolan/manifests';
import { compareText, type Problem } from '@portolan/model';
import { joined } from './shown-path.js';

const MANIFEST_NAME = /\.(?:ya?ml|json)$/i;
/** Files that are read at a time. */
const CONCURRENT_READS = 32;

/** The manifests of a folder, with their paths inside it, in the order of these. */
export interface FolderContent {
  readonly files: readonly ManifestFile[];
  /** What was left out besides files that are no manifests by their names. */
  readonly notes: readonly Problem[];
}

/**
 * Reads the manifests of a folder and of the folders in it. Hidden ones and `node_modules` are left out, and links are not
 * followed: they could lead out of what is under review. `except` are files that are no manifests.
 */
export async function readFolder(
  folder: string,
  except: readonly string[] = [],
): Promise<FolderContent> {
  const paths: string[] = [];
  const links: string[] = [];
  await walk(folder, '', paths, links);
  const wanted = paths.filter((path) => !except.includes(path)).sort(compareText);
  const contents = new Map<string, Buffer>();
  const waiting = wanted.values();
  const read = async (): Promise<void> => {
    for (const path of waiting) contents.set(path, await readFile(join(folder, path)));
  };
  await Promise.all(Array.from({ length: CONCURRENT_READS }, read));
  const files = wanted.map((path) => ({ path, content: contents.get(path) ?? Buffer.alloc(0) }));
  return { files, notes: links.sort(compareText).map(linkProblem) };
}

async function walk(
  folder: string,
  within: string,
  paths: string[],
  links: string[],
): Promise<void> {
  const entries = await readdir(join(folder, within), { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const path = joined(within, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return;
      if (entry.isDirectory()) await walk(folder, path, paths, links);
      else if (entry.isSymbolicLink() && (await isFolder(join(folder, path)))) links.push(path);
      else if (!MANIFEST_NAME.test(entry.name)) return;
      else if (entry.isFile()) paths.push(path);
      else links.push(path);
    }),
  );
}

/** Of a link where it leads; one that leads nowhere is no folder. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() === true;
}

function linkProblem(path: string): Problem {
  return {
    code: 'UNSAFE_PATH',
    severity: 'ERROR',
    outcome: 'INVALID_SYNTAX',
    location: { path, startLine: 1, endLine: 1, documentIndex: 0 },
    kind: null,
    object: null,
    field: null,
    message: 'a link, or no plain file: it is not followed',
  };
}
