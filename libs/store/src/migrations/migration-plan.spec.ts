import { describe, expect, it } from 'vitest';
import type { Migration } from './migration-files.js';
import { type AppliedMigration, MigrationError, planMigrations } from './migration-plan.js';

const known: Migration[] = ['1_first', '2_second'].map((name) => ({
  name,
  sql: '',
  checksum: `sum of ${name}`,
}));

function applied(name: string, changes: Partial<AppliedMigration> = {}): AppliedMigration {
  return { name, checksum: `sum of ${name}`, finished: true, ...changes };
}

describe('planMigrations', () => {
  it('applies what is missing, in order', () => {
    expect(planMigrations(known, []).pending).toEqual(known);
    expect(planMigrations(known, [applied('1_first')]).pending).toEqual([known[1]]);
    expect(planMigrations(known, [applied('1_first'), applied('2_second')])).toEqual({
      pending: [],
      warnings: [],
    });
  });

  it('refuses a database of a newer version', () => {
    const plan = (): unknown => planMigrations(known, [applied('1_first'), applied('3_third')]);
    expect(plan).toThrow(MigrationError);
    expect(plan).toThrow(/newer version.*3_third/);
  });

  it('refuses a database on which a migration did not finish, and says how to go on', () => {
    const plan = (): unknown => planMigrations(known, [applied('1_first', { finished: false })]);
    expect(plan).toThrow(MigrationError);
    expect(plan).toThrow(/migrate resolve --rolled-back 1_first/);
  });

  it('warns of an edited migration', () => {
    const { pending, warnings } = planMigrations(known, [
      applied('1_first', { checksum: 'other' }),
    ]);
    expect(pending).toEqual([known[1]]);
    expect(warnings).toEqual([expect.stringContaining('1_first')]);
  });
});
