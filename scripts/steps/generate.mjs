import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { must, root, runTool } from './run.mjs';
import { stampOf } from './stamp.mjs';

const INPUTS = ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'];

/** Writes the Prisma client, unless the one in place was made from this very schema. */
export async function generate({ force = false } = {}) {
  if (!existsSync(join(root, 'prisma/schema.prisma'))) return;
  const stamp = stampOf('libs/store/src/generated/.stamp', INPUTS);
  if (stamp.isFresh && !force) return;
  await must(runTool('prisma', ['generate', '--no-hints']));
  stamp.write();
}
