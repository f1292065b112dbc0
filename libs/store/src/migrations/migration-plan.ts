import type { Migration } from './migration-files.js';

/** A row of Prisma's table, without those that were rolled back. */
export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  /** False while it runs, and after it failed. */
  readonly finished: boolean;
}

/** What to do with a database. */
export interface MigrationPlan {
  /** To be applied, in order. */
  readonly pending: readonly Migration[];
  /** Worth a warning: the database may differ from what the code expects. */
  readonly warnings: readonly string[];
}

/** A database that this version cannot work with. The message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/**
 * Compares the migrations that the code has with those that the database had.
 * @throws MigrationError when one failed half-way, or when the database is of a newer version.
 */
export function planMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): MigrationPlan {
  const failed = applied.find(({ finished }) => !finished);
  if (failed !== undefined) {
    throw new MigrationError(
      `Migration ${failed.name} was begun on this database and did not finish. Undo what it did, then run ` +
        `"npx prisma migrate resolve --rolled-back ${failed.name}", or restore a backup.`,
    );
  }
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  const unknown = applied.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new MigrationError(
      `The database is of a newer version: it has migration ${unknown.join(', ')}, which this version does not know. ` +
        'Start the newer version, or restore a backup from before the upgrade.',
    );
  }
  const warnings = applied
    .filter(({ name, checksum }) => byName.get(name)?.checksum !== checksum)
    .map(
      ({ name }) =>
        `Migration ${name} was edited after this database had it; the edit is not applied.`,
    );
  const done = new Set(applied.map(({ name }) => name));
  return { pending: known.filter(({ name }) => !done.has(name)), warnings };
}
