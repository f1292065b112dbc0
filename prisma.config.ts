import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';

// Prisma's own engine is downloaded at the first command. Ours comes with the packages, so that every
// command works offline. Windows cannot execute a script as a program and keeps the native engine.
if (process.env.PRISMA_NATIVE_ENGINE === undefined && process.platform !== 'win32') {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
    new URL('./scripts/schema-engine.mjs', import.meta.url),
  );
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // `prisma generate` needs none; the commands that do need one say so.
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
