import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

  it('keeps its files from everybody else, and nothing of what broke off', async () => {
    const spool = spoolIn(parent);
    spool.onModuleInit();
    const path = await spool.write([Buffer.from('a')]);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await spool.remove(path);
    const broken = (async function* () {
      yield await Promise.resolve(Buffer.from('a'));
      throw new Error('gone');
    })();
    await expect(spool.write(broken)).rejects.toThrow('gone');
    expect(readdirSync(dirname(path))).toEqual([]);
    await spool.onApplicationShutdown();
  });

  it.each(['missing', 'file'])('names its variable when it is in a %s', (name) => {
    writeFileSync(join(parent, 'file'), '');
    const spool = spoolIn(join(parent, name));
    expect(() => spool.onModuleInit()).toThrow(/(ENOENT|ENOTDIR).*Set PORTOLAN_SPOOL/);
  });
});
