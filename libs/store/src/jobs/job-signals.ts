import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { Database } from '../database.js';
import type { JobStatus } from '../generated/client.js';

/** The channel of the trigger on `job`. */
const CHANNEL = 'portolan_job';
/** Milliseconds until a lost connection is made again. */
const RECONNECT_MS = 1_000;

/** Who wants to know about jobs. */
export interface JobListener {
  /** Something of a job that can be seen is another. */
  changed(id: string, status: JobStatus): void;
  /** Changes may have been missed: whatever is of interest is to be read again. */
  missed(): void;
}

/**
 * Tells of changes of jobs, whichever process made them (LISTEN and NOTIFY). It has a connection of its own, which is made again
 * when it is lost.
 */
@Injectable()
export class JobSignals implements OnApplicationShutdown {
  readonly #listeners = new Set<JobListener>();
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(@Inject(Database) private readonly database: Database) {}

  /** From now on, to the end. */
  listen(listener: JobListener): void {
    this.#listeners.add(listener);
    if (this.#client === null && this.#retry === null && !this.#isClosed) void this.#connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isClosed = true;
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    this.#retry = null;
    const client = new pg.Client({
      connectionString: this.database.settings.databaseUrl,
      application_name: 'portolan signals',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    });
    this.#client = client;
    client.on('notification', ({ payload = '' }) => this.#tell(payload));
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      for (const listener of this.#listeners) listener.missed();
    } catch {
      this.#lost(client);
    }
  }

  #tell(payload: string): void {
    const [status = '', id = ''] = payload.split(' ');
    // Only the trigger writes to the channel.
    for (const listener of this.#listeners) listener.changed(id, status as JobStatus);
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = null;
    void client.end().catch(() => undefined);
    const { log } = this.database.settings;
    log.warn('The connection that tells of jobs was lost; it is made again');
    this.#retry = setTimeout(() => void this.#connect(), RECONNECT_MS);
  }
}
