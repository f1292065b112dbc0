import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from './generate.mjs';
import { must, root, runTool } from './run.mjs';
import { stampOf } from './stamp.mjs';

export const serverFile = join(root, 'dist/apps/api/src/main.js');
export const importFile = join(root, 'dist/apps/import/src/main.js');

const INPUTS = [
  'apps',
  'libs',
  'prisma/schema.prisma',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
// The generated client follows from prisma/schema.prisma.
const IGNORE = /\.spec\.ts$|\/generated$|\.graphql$|\.md$/;

/** Compiles the programs, unless dist was made from these very sources. */
export async function build({ force = false } = {}) {
  await generate();
  const stamp = stampOf('dist/.stamp', INPUTS, IGNORE);
  if (stamp.isFresh && existsSync(serverFile) && existsSync(importFile) && !force) return;
  console.log('Building …');
  await must(runTool('@nestjs/cli', ['build'], { bin: 'nest' }));
  stamp.write();
}
