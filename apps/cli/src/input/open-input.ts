import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ManifestSource } from '@portolan/manifests';
import type { Problem } from '@portolan/model';
import { InputError, UsageError } from '../command-error.js';
import type { Terminal } from '../terminal.js';
import { readFolder } from './read-folder.js';
import { renderFolder } from './render-folder.js';
import { joined, shownPath } from './shown-path.js';

/** Input that can be read, more than once. */
export interface OpenInput {
  /** As reports show it. */
  readonly name: string;
  readonly source: ManifestSource;
  /** Input beside the manifests that could not be used. */
  readonly notes: readonly Problem[];
  /** What is in front of the paths of a folder; null for other input. */
  readonly folder: string | null;
}

/** How input is to be opened. */
export interface OpenOptions {
  /** Renders folders; null = their files are the manifests. */
  readonly render: string | null;
  /** Paths inside folders that are no manifests. */
  readonly except: readonly string[];
  /** What stands in front of paths of a folder outside of the working directory. */
  readonly folderElsewhere: string;
}

const PLAIN: OpenOptions = { render: null, except: [], folderElsewhere: '' };

/**
 * Opens a folder, a file (YAML, JSON, tar, tar.gz), or standard input (`-`).
 * @throws InputError when there is nothing, or it cannot be read.
 */
export async function openInput(
  given: string,
  terminal: Terminal,
  options: OpenOptions = PLAIN,
): Promise<OpenInput> {
  if (/^(?:snapshot|cluster):/.test(given))
    throw new UsageError(
      `${given}: only folders, files and - can be read here; no server is asked`,
    );
  if (given === '-') {
    const chunks = remembered(terminal.stdin);
    const source: ManifestSource = { kind: 'stream', path: 'stdin', chunks };
    return { name: 'stdin', source, notes: [], folder: null };
  }
  const path = resolve(terminal.workingDirectory, given);
  const shown = shownPath(path, terminal.workingDirectory);
  try {
    if ((await stat(path)).isDirectory())
      return await openFolder({ given, path, shown }, options, terminal);
  } catch (error) {
    throw unreadable(given, error);
  }
  const name = shown ?? basename(path);
  const chunks = { [Symbol.asyncIterator]: () => chunksOf(given, path) };
  return { name, source: { kind: 'stream', path: name, chunks }, notes: [], folder: null };
}

/** A folder as it was given, where it lies, and how reports show it; null = it lies outside of the working directory. */
interface GivenFolder {
  readonly given: string;
  readonly path: string;
  readonly shown: string | null;
}

async function openFolder(
  { given, path, shown: inside }: GivenFolder,
  { render, except, folderElsewhere }: OpenOptions,
  { workingDirectory }: Terminal,
): Promise<OpenInput> {
  const shown = inside ?? folderElsewhere;
  const name = inside === null ? basename(path) : inside === '' ? '.' : inside;
  if (render !== null) {
    const content = await renderFolder(render, given, workingDirectory);
    const files = [{ path: joined(shown, '(rendered).yaml'), content }];
    return { name, source: { kind: 'files', files }, notes: [], folder: null };
  }
  const { files, notes } = await readFolder(path, except);
  const located = files.map((file) => ({ ...file, path: joined(shown, file.path) }));
  const locatedNotes = notes.map((note) => ({
    ...note,
    location: { ...note.location, path: joined(shown, note.location.path) },
  }));
  return { name, source: { kind: 'files', files: located }, notes: locatedNotes, folder: shown };
}

/** A file that vanishes or breaks while it is read is the user's matter, too. */
async function* chunksOf(given: string, path: string): AsyncGenerator<Uint8Array> {
  try {
    const chunks: AsyncIterable<Uint8Array> = createReadStream(path);
    yield* chunks;
  } catch (error) {
    throw unreadable(given, error);
  }
}

function unreadable(given: string, error: unknown): Error {
  if (!(error instanceof Error) || !('code' in error)) return error as Error;
  const reason = error.code === 'ENOENT' ? 'there is no such file or folder' : error.message;
  return new InputError(`${given}: ${reason}`);
}

/** The same input, of which the bytes are asked for once, however often it is read. */
export function readOnce(source: ManifestSource): ManifestSource {
  return source.kind === 'files' ? source : { ...source, chunks: remembered(source.chunks) };
}

/** What comes once only, to be read again. */
function remembered(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let seen: Uint8Array[] | null = null;
  return {
    async *[Symbol.asyncIterator]() {
      if (seen === null) {
        seen = [];
        for await (const chunk of chunks) seen.push(chunk);
      }
      yield* seen;
    },
  };
}
