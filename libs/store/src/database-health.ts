import { Inject, Injectable } from '@nestjs/common';
import { Database } from './database.js';
import { type AppliedMigration, planMigrations } from './migrations/migration-plan.js';
import { SELECT_APPLIED } from './migrations/apply-migrations.js';

/** For readiness probes. Never throws: what cannot be asked is not well. */
@Injectable()
export class DatabaseHealth {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Whether the database answers. */
  async ping(): Promise<boolean> {
    return this.database.query('SELECT 1').then(
      () => true,
      () => false,
    );
  }

  /** Whether the database has exactly the migrations that this version knows. */
  async migrationsApplied(): Promise<boolean> {
    try {
      const applied = await this.database.query<AppliedMigration & Record<string, unknown>>(
        SELECT_APPLIED,
      );
      return planMigrations(this.database.migrations, applied).pending.length === 0;
    } catch {
      return false;
    }
  }
}
