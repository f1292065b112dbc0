import { isAbsolute, relative, resolve, sep } from 'node:path';

/** A path as reports show it: from the working directory, with slashes; null when it lies elsewhere. */
export function shownPath(path: string, workingDirectory: string): string | null {
  const from = relative(workingDirectory, resolve(workingDirectory, path));
  if (isAbsolute(from) || from.split(sep)[0] === '..') return null;
  return from.split(sep).join('/');
}

/** Two parts of a path with slashes; an empty first part is none. */
export function joined(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
