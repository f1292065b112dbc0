import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInstalled } from './is-installed.mjs';
import { must, root, run } from './run.mjs';

const packagesOf = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;

/**
 * npm notes what it installed in a lock of its own, written last, so this also sees an interrupted install, and accepts one
 * made by `npm install`.
 */
function present() {
  try {
    return packagesOf('node_modules/.package-lock.json');
  } catch {
    return {};
  }
}

/** Installs the locked packages when they are missing or no longer the locked ones. */
export async function install() {
  if (isInstalled(packagesOf('package-lock.json'), present())) return;
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
