import { spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  lchownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Account } from './account.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** The programs of PostgreSQL, by absolute path. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

const SET_DATABASE_URL = 'Set DATABASE_URL to a PostgreSQL server instead (see docs/storage.md).';
const COPY = 'postgresql-';
const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'darwin',
  linux: 'linux',
  win32: 'windows',
};

/** The programs where npm put them, or in a copy in the seat where the account cannot run those. */
export function binariesFor(account: Account, seat: string): Binaries {
  const folder = packageFolder();
  try {
    restoreLinks(folder);
  } catch {
    // Read-only packages: they run if their install script ran, and else say what they miss.
  }
  const installed = programsIn(folder);
  const problem = reasonNotToRun(installed, account);
  if (problem === null) return installed;

  const { uid, gid } = account;
  if (uid === undefined || gid === undefined) throw doesNotRun(problem);
  const copied = programsIn(copyFor({ uid, gid }, folder, seat));
  const remaining = reasonNotToRun(copied, account);
  if (remaining !== null) throw doesNotRun(remaining);
  return copied;
}

function packageFolder(): string {
  const platform = `${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'NO_BINARY',
      `There is no PostgreSQL for this platform among the installed packages (${name}). ` +
        `If npm was told to omit optional packages, install them. ${SET_DATABASE_URL}`,
      { cause },
    );
  }
}

function programsIn(folder: string): Binaries {
  const program = (name: string): string =>
    join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** npm packages hold no links. The package's install script makes them, but npm may be told to run none. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

function reasonNotToRun({ postgres }: Binaries, account: Account): string | null {
  const { error, status, stderr } = spawnSync(postgres, ['--version'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  });
  if (status === 0) return null;
  return error?.message ?? stderr.trim();
}

function doesNotRun(reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'NO_BINARY',
    `The PostgreSQL of the installed packages does not run here: ${reason}. ${SET_DATABASE_URL}`,
  );
}

/** Copies the package to where the account can read it; once per version, and whole or not at all. */
function copyFor(account: Required<Account>, source: string, seat: string): string {
  const manifest = readFileSync(join(source, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = join(seat, `${COPY}${version}`);
  if (existsSync(copy)) return copy;
  // Copies of other versions, and of copying that was interrupted.
  for (const name of readdirSync(seat).filter((name) => name.startsWith(COPY))) {
    rmSync(join(seat, name), { recursive: true, force: true });
  }
  const unfinished = mkdtempSync(`${copy}.`);
  try {
    cpSync(join(source, 'native'), join(unfinished, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    restoreLinks(unfinished);
    giveAll(unfinished, account);
    renameSync(unfinished, copy);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return copy;
}

function giveAll(folder: string, { uid, gid }: Required<Account>): void {
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), uid, gid);
  }
}
