import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

function* filesIn(path, ignore) {
  if (!existsSync(join(root, path)) || ignore.test(path)) return;
  if (statSync(join(root, path)).isFile()) {
    yield path;
    return;
  }
  for (const name of readdirSync(join(root, path)).sort())
    yield* filesIn(`${path}/${name}`, ignore);
}

/**
 * Tells whether an output was made from exactly these inputs. Contents are compared, not times:
 * a checkout of another branch and back must not rebuild, and one that sets old times must.
 */
export function stampOf(stampFile, inputs, ignore = /\.spec\.ts$/) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const input of inputs) {
    for (const file of filesIn(input, ignore)) {
      hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
    }
  }
  const value = hash.digest('hex');
  const path = join(root, stampFile);
  return {
    isFresh: existsSync(path) && readFileSync(path, 'utf8') === value,
    write() {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, value);
    },
  };
}
