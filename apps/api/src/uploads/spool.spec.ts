import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config/read-config.js';
import { createLog } from '../logging/log.js';
import { Spool } from './spool.js';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'portolan-spool-test-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

function spoolIn(spoolFolder: string): Spool {
  const config = { ...readConfig({}), databaseUrl: 'postgresql://nowhere/none', spoolFolder };
  return new Spool(config, createLog('silent'));
}

describe('the folder for uploads', () => {
  it('is there from the start of the application to its end', async () => {
    const spool = spoolIn(parent);
    expect(readdirSync(parent)).toEqual([]);
    spool.onModuleInit();
    expect(readdirSync(parent)).toHaveLength(1);
    await spool.onApplicationShutdown();
    expect(readdirSync(parent)).toEqual([]);
  });

  it.each(['missing', 'file'])('names its variable when it is in a %s', (name) => {
    writeFileSync(join(parent, 'file'), '');
    const spool = spoolIn(join(parent, name));
    expect(() => spool.onModuleInit()).toThrow(/(ENOENT|ENOTDIR).*Set PORTOLAN_SPOOL/);
  });
});
