import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from './database.js';
import { type AppliedMigration, planMigrations } from './migrations/migration-plan.js';
import { SELECT_APPLIED } from './migrations/apply-migrations.js';

/** Milliseconds that a probe waits for the database. */
const PATIENCE_MS = 2_500;

/** For readiness probes. Never throws: what cannot be asked is not well. */
@Injectable()
export class DatabaseHealth {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Whether the database answers. */
  ping(): Promise<boolean> {
    return isDoneInTime(this.database.query('SELECT 1').then(() => true));
  }

  /** Whether the database has exactly the migrations that this version knows. */
  migrationsApplied(): Promise<boolean> {
    const applied = this.database.query<AppliedMigration & Record<string, unknown>>(SELECT_APPLIED);
    return isDoneInTime(
      applied.then((rows) => planMigrations(this.database.migrations, rows).pending.length === 0),
    );
  }
}

/** What fails, or takes longer than a probe waits, is not well: a server may take connections and never answer. */
async function isDoneInTime(work: Promise<boolean>): Promise<boolean> {
  const timeout = new AbortController();
  try {
    const late = sleep(PATIENCE_MS, false, { ref: false, signal: timeout.signal });
    return await Promise.race([work, late]);
  } catch {
    return false;
  } finally {
    timeout.abort();
  }
}
