import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  type CheckConfig,
  type ExceptionFault,
  MAX_CONFIG_LENGTH,
  NO_CONFIG,
  readBaseline,
  readConfig,
  readExceptions,
  type ReviewException,
} from '@portolan/review';
import { InputError } from '../../command-error.js';

/** Where settings are looked for when no file is named. */
const CONFIG = '.portolan/config.yaml';
/** Bytes of a baseline, and of a file of exceptions. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Settings: of the file that is named, or of the usual one where there is one. @throws InputError */
export async function loadConfig(
  given: string | null,
  workingDirectory: string,
): Promise<CheckConfig> {
  const path = given ?? CONFIG;
  // A character has four bytes at most.
  const text = await readText(path, workingDirectory, 4 * MAX_CONFIG_LENGTH, given === null);
  if (text === null) return NO_CONFIG;
  const read = readConfig(text, path);
  if (!read.ok) throw new InputError(read.faults.map(faultText).join('\n'));
  return read;
}

/** Fingerprints of a baseline; none without a file. @throws InputError */
export async function loadBaseline(
  path: string | null,
  workingDirectory: string,
): Promise<ReadonlySet<string>> {
  if (path === null) return new Set();
  const read = readBaseline((await readText(path, workingDirectory, MAX_BYTES, false)) ?? '');
  if (typeof read === 'string') throw new InputError(`${path}: ${read}`);
  return read;
}

/** Exceptions of a file; none without one. @throws InputError */
export async function loadCheckExceptions(
  path: string | null,
  workingDirectory: string,
): Promise<readonly ReviewException[]> {
  if (path === null) return [];
  const text = (await readText(path, workingDirectory, MAX_BYTES, false)) ?? '';
  const read = readExceptions(text, path);
  if (!read.ok) throw new InputError(read.faults.map(faultText).join('\n'));
  return read.exceptions;
}

async function readText(
  path: string,
  workingDirectory: string,
  maxBytes: number,
  mayBeMissing: boolean,
): Promise<string | null> {
  const file = resolve(workingDirectory, path);
  try {
    const { size } = await stat(file);
    if (size > maxBytes) throw new InputError(`${path}: is larger than ${maxBytes} bytes`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'ENOENT' && mayBeMissing) return null;
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new InputError(`${path}: ${reason}`);
  }
}

function faultText({ path, line, field, message }: ExceptionFault): string {
  return `${path}:${line}: ${field === '' ? '' : `${field}: `}${message}`;
}
