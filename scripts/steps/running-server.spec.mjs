import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../libs/store/src/embedded-postgres/instance-lock.js';
import { runningServer } from './running-server.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-running-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ADDRESS = 'http://127.0.0.1:3000';

describe('the server that has a folder', () => {
  it.runIf(process.platform === 'linux')('is found by its lock, until it is gone', async () => {
    const release = await lockFolder(folder, ADDRESS);
    expect(runningServer(folder)).toEqual({ pid: process.pid, address: ADDRESS });
    release();
    expect(runningServer(folder)).toBeNull();
  });

  it.runIf(process.platform === 'linux')('is found where the folder refers to', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(folder, 'database-location'), `${elsewhere}\n`);
    const release = await lockFolder(elsewhere, ADDRESS);
    expect(runningServer(folder)).toEqual({ pid: process.pid, address: ADDRESS });
    release();
  });

  it.each([
    ['of a process that is gone', { pid: 2 ** 30, startTime: '1', address: ADDRESS }],
    ['of another process with its number', { pid: process.pid, startTime: '1', address: ADDRESS }],
  ])('is not one whose lock is %s', (_, lock) => {
    writeFileSync(join(folder, 'portolan.lock'), JSON.stringify(lock));
    expect(runningServer(folder)).toBeNull();
  });

  it('is nobody when there is no folder, or a lock that cannot be read', () => {
    expect(runningServer(join(folder, 'none'))).toBeNull();
    writeFileSync(join(folder, 'portolan.lock'), '{"pid":');
    expect(runningServer(folder)).toBeNull();
  });
});
