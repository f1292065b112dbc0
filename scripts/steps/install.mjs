import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, root, run } from './run.mjs';

const packagesOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;

/**
 * Whether node_modules holds what the lock asks for. npm notes what it installed in a lock of its own,
 * written last, so this also sees an interrupted install, and accepts one made by `npm install`.
 */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  let present;
  try {
    present = packagesOf('node_modules/.package-lock.json');
  } catch {
    return false;
  }
  return Object.entries(wanted).every(
    ([path, locked]) =>
      path === '' ||
      present[path]?.version === locked.version ||
      (present[path] === undefined && mayBeMissing(locked)),
  );
}

/** Optional packages are for other systems, or could not be built on this one; those made for this one have to be there. */
function mayBeMissing({ optional, devOptional, os, cpu, libc }) {
  if (!optional && !devOptional) return false;
  const isForUs = os?.includes(process.platform) && cpu?.includes(process.arch);
  return !isForUs || libc !== undefined;
}

/** Installs the locked packages when they are missing or no longer the locked ones. */
export async function install() {
  if (isInstalled()) return;
  console.log('Installing packages (once, and after a change of package-lock.json) …');
  // Building needs the development packages even where NODE_ENV says production.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  await must(
    npm?.endsWith('.js')
      ? run(process.execPath, [npm, ...args])
      : run('npm', args, { shell: process.platform === 'win32' }),
  );
}
