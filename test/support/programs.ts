import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the built programs. */
    readonly programs: string;
  }
}

/** What tests start as processes and threads. From sources each would first spend seconds on compiling itself. */
const PROGRAMS = {
  api: 'apps/api/src/main.ts',
  import: 'apps/import/src/main.ts',
  portolan: 'apps/cli/src/main.ts',
  'pool.worker': 'libs/pool/src/pool.worker.ts',
  'modes.test-support': 'libs/pool/src/threads/modes.test-support.ts',
  'embedded-postgres-holder': 'test/support/embedded-postgres-holder.ts',
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The file of a program, built from the sources as they are. */
export function programFile(name: keyof typeof PROGRAMS): string {
  return join(inject('programs'), `${name}.js`);
}

/** vitest's globalSetup: builds the programs for this run, and again for each run that a change starts. */
export default async function setUp(project: TestProject): Promise<() => void> {
  // Inside the project, where they find packages, migrations and documents.
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'portolan-test-'));
  await buildPrograms(folder);
  project.onTestsRerun(() => buildPrograms(folder));
  project.provide('programs', folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}

async function buildPrograms(outdir: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: PROGRAMS,
    outdir,
    bundle: true,
    // A program finds its worker beside itself, as in `dist`.
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    keepNames: true,
    tsconfig: 'tsconfig.json',
    logLevel: 'warning',
  });
}
