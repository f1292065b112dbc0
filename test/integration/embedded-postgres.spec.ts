import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive } from '../../libs/store/src/embedded-postgres/process-identity.js';
import { programFile } from '../support/programs.js';

/** What the holder says: see its source. */
interface Message {
  readonly url?: string;
  readonly folder?: string;
  readonly crashed?: string;
  readonly failed?: string;
  readonly message?: string;
}

/** A process that holds an embedded database, as the server does. */
class Holder {
  readonly process: ChildProcessByStdio<null, Readable, null>;
  readonly #lines: Interface;
  readonly #messages: Message[] = [];

  constructor(dataDirectory: string) {
    this.process = spawn(
      process.execPath,
      [programFile('embedded-postgres-holder'), dataDirectory],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    this.#lines = createInterface({ input: this.process.stdout });
    this.#lines.on('line', (line) => this.#messages.push(JSON.parse(line) as Message));
  }

  async next(): Promise<Message> {
    while (this.#messages.length === 0) await once(this.#lines, 'line');
    return this.#messages.shift() ?? {};
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill(signal);
    await once(this.process, 'exit');
  }
}

let root: string;
let dataDirectory: string;
let holders: Holder[];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portolan-embedded-'));
  chmodSync(root, 0o755);
  dataDirectory = join(root, '.data');
  holders = [];
});
afterEach(async () => {
  await Promise.all(holders.map((holder) => holder.end()));
  // After a test that killed its server: whoever starts last stops what survived.
  rmSync(root, { recursive: true, force: true });
});

function hold(): Holder {
  const holder = new Holder(dataDirectory);
  holders.push(holder);
  return holder;
}

const postmasterPid = (folder: string): number =>
  Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);

async function query(url: string | undefined, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

describe('embedded PostgreSQL', () => {
  it('keeps its data, asks for its password, and leaves no process behind', async () => {
    const first = hold();
    const { url, folder = '' } = await first.next();
    await query(url, "CREATE TABLE kept AS SELECT 'here' AS word");
    expect(await query(url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(statSync(join(folder, 'database-password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'postgres')).mode & 0o777).toBe(0o700);
    const guess = new URL(url ?? '');
    guess.password = 'guess';
    await expect(query(guess.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });

    const pid = postmasterPid(folder);
    await first.end();
    expect(isAlive(pid)).toBe(false);

    const second = await hold().next();
    expect(await query(second.url, 'SELECT word FROM kept')).toEqual([{ word: 'here' }]);
  });

  it('says who runs here to a second one', async () => {
    const first = hold();
    await first.next();
    const second = hold();
    const { failed, message } = await second.next();
    expect(failed).toBe('ALREADY_RUNNING');
    expect(message).toContain(`pid ${first.process.pid ?? ''}, http://127.0.0.1:3000`);
  });

  it('lets exactly one of many win a folder that a dead process had locked', async () => {
    mkdirSync(dataDirectory);
    const lock = { pid: process.pid, startTime: 'another life', address: '' };
    writeFileSync(join(dataDirectory, 'portolan.lock'), JSON.stringify(lock));
    const answers = await Promise.all([hold(), hold(), hold()].map((holder) => holder.next()));
    expect(answers.filter(({ url }) => url !== undefined)).toHaveLength(1);
    expect(answers.filter(({ failed }) => failed === 'ALREADY_RUNNING')).toHaveLength(2);
  });

  it('takes over after a server that was killed', async () => {
    const first = hold();
    const { url, folder = '' } = await first.next();
    await query(url, 'CREATE TABLE kept ()');
    const survivor = postmasterPid(folder);
    await first.end('SIGKILL');
    expect(isAlive(survivor)).toBe(true);

    const second = await hold().next();
    await expect.poll(() => isAlive(survivor)).toBe(false);
    expect(await query(second.url, 'SELECT * FROM kept')).toEqual([]);
  });

  it('tells that PostgreSQL crashed, and starts again after it', async () => {
    const first = hold();
    const { folder = '' } = await first.next();
    process.kill(postmasterPid(folder), 'SIGKILL');
    expect(await first.next()).toEqual({ crashed: 'CRASHED' });
    await first.end();

    expect(await hold().next()).toHaveProperty('url');
  });

  it('begins anew when the first start was killed half way', async () => {
    const first = hold();
    while (!existsSync(dataDirectory) || !readdirSync(dataDirectory).some(isUnfinished)) {
      await delay(5);
    }
    await first.end('SIGKILL');
    expect(existsSync(join(dataDirectory, 'postgres'))).toBe(false);

    expect(await hold().next()).toHaveProperty('url');
    expect(readdirSync(dataDirectory).filter(isUnfinished)).toEqual([]);
  });

  it('explains a data folder that is a file', async () => {
    writeFileSync(dataDirectory, '');
    const { failed, message } = await hold().next();
    expect(failed).toBe('DATA_UNUSABLE');
    expect(message).toContain('PORTOLAN_DATA');
  });

  it.runIf(process.getuid?.() === 0)('moves out of a folder only root can enter', async () => {
    chmodSync(root, 0o700);
    const first = hold();
    const { url, folder = '' } = await first.next();
    try {
      expect(folder).not.toContain(root);
      expect(readFileSync(join(dataDirectory, 'README.md'), 'utf8')).toContain(folder);
      await query(url, 'CREATE TABLE kept ()');
      await first.end();

      const second = hold();
      const again = await second.next();
      expect(again.folder).toBe(folder);
      expect(await query(again.url, 'SELECT * FROM kept')).toEqual([]);
      await second.end();
    } finally {
      await first.end();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function isUnfinished(name: string): boolean {
  return name.includes('initialising');
}
