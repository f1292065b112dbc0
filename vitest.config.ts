import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

// Specs share the module graph and the thread: they are pure, and start in a fraction of the time.
// Every processor works: of two, vitest would leave one to itself.
const shared = { pool: 'threads', isolate: false, maxWorkers: '100%' } as const;

/** Tests of programs that run in processes of their own. */
const OF_PROCESSES = [
  'test/e2e/{process,scale,live-import}.e2e-spec.ts',
  'test/integration/embedded-postgres.spec.ts',
];

export default defineConfig({
  resolve: {
    // Only the bare name: `@portolan/x/deep/path` must not resolve.
    alias: [
      { find: /^@portolan\/([a-z]+)$/, replacement: `${root}libs/$1/src/index.ts` },
      // Packages that vitest leaves to Node get graphql's CommonJS files; two copies do not know each other's types.
      { find: /^graphql$/, replacement: 'graphql/index.js' },
      { find: /^\.\/worker-file\.js$/, replacement: `${root}test/support/worker-file.ts` },
    ],
  },
  test: {
    reporters: ['default', './test/support/count-reporter.ts'],
    coverage: { provider: 'v8', include: ['apps/*/src/**', 'libs/*/src/**'] },
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: [
            'libs/*/src/**/*.spec.ts',
            'apps/*/src/**/*.spec.ts',
            'scripts/**/*.spec.mjs',
            'test/ci/**/*.spec.ts',
            'bench/*.spec.ts',
          ],
          globalSetup: ['test/support/programs.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'oracle',
          include: ['test/{oracle,fixtures,conformance}/**/*.spec.ts'],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'integration',
          include: ['test/integration/**/*.spec.ts', 'test/e2e/**/*.e2e-spec.ts'],
          exclude: OF_PROCESSES,
          globalSetup: ['test/support/programs.ts', 'test/support/postgres.ts'],
          // These boot servers and databases: after the others, one at a time, and patient on a busy machine.
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'processes',
          include: OF_PROCESSES,
          globalSetup: ['test/support/programs.ts', 'test/support/postgres.ts'],
          // They wait more than they work, each for processes of its own.
          sequence: { groupOrder: 2 },
          maxWorkers: 2,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
