import { mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ActionError } from './action-error.js';
import type { ActionInputs } from './read-inputs.js';

/** The two checkouts, as absolute paths without links; `base` null = the server has it. */
export interface Checkouts {
  readonly base: string | null;
  readonly head: string;
}

/** Finds the checkouts. @throws ActionError */
export async function findCheckouts(
  { basePath, headPath }: ActionInputs,
  workspace: string,
): Promise<Checkouts> {
  return {
    base: basePath === null ? null : await checkout('base-path', basePath, workspace),
    head: await checkout('head-path', headPath, workspace),
  };
}

async function checkout(input: string, path: string, workspace: string): Promise<string> {
  const folder = resolve(workspace, path);
  if (!(await isFolder(folder))) throw new ActionError(`${input}: there is no folder ${path}`);
  return realpath(folder);
}

/**
 * Sees to it that both checkouts have a folder: one that the change adds or deletes is empty on the other side. Resolves to
 * whether that was so. What lies elsewhere by way of a link is no part of the repository, and is not read.
 * @throws ActionError
 */
export async function prepareFolders(path: string, { base, head }: Checkouts): Promise<boolean> {
  const found = await Promise.all(
    [base, head].flatMap((root) => (root === null ? [] : [isFolder(join(root, path))])),
  );
  if (!found.includes(true))
    throw new ActionError(
      `paths: ${path} is no folder of ${base === null ? 'head' : 'base or head'}`,
    );
  const headFolder = await prepare(head, path);
  if (base === null) return found.includes(false);
  const baseFolder = await prepare(base, path);
  if (isWithin(baseFolder, headFolder) || isWithin(headFolder, baseFolder))
    throw new ActionError(
      `paths: ${path} of base and of head lie in one another: check them out side by side, or give narrower paths`,
    );
  return found.includes(false);
}

async function prepare(root: string, path: string): Promise<string> {
  const folder = join(root, path);
  if (!isWithin(await realpath(await firstThere(folder)), root))
    throw new ActionError(`paths: ${path} is a link that leads out of the checkout`);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw new ActionError(`paths: ${path} is no folder: ${String(error)}`);
  });
  return realpath(folder);
}

/** The path, or the nearest folder above it that there is. */
async function firstThere(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  return found === null ? firstThere(dirname(path)) : path;
}

/** Whether there is a file. */
export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}

function isWithin(path: string, folder: string): boolean {
  const from = relative(folder, path);
  return !isAbsolute(from) && from.split(sep)[0] !== '..';
}
