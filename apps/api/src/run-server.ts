import { resolve } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  MigrationError,
  startEmbeddedPostgres,
  StoreError,
} from '@portolan/store';
import type { Config, ServerConfig } from './config/config.js';
import { createApp } from './create-app.js';
import { createWorker } from './create-worker.js';
import { DemoService } from './demo/demo.service.js';
import { createLog, type Log } from './logging/log.js';
import { greeting, workerGreeting } from './greeting.js';
import { SpoolError } from './uploads/spool.js';

/** Starts everything, and returns when it runs, or has failed: then with a message, and the exit code set. Signals stop it. */
export async function runServer(config: Config): Promise<void> {
  const server = new RunningServer(config, createLog(config.logLevel));
  server.stopOnSignals();
  try {
    await server.start();
  } catch (error) {
    // What a signal interrupted is no failure.
    if (server.isStopping) return;
    process.stderr.write(`${reasonOf(error, config)}\n`);
    await server.stop(1);
  }
}

/** The parts in the order in which they are started; they are stopped the other way round. */
class RunningServer {
  #postgres: EmbeddedPostgres | null = null;
  #app: INestApplication | null = null;
  #starting: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | null = null;
  /** Interrupts the start. */
  readonly #interrupted = new AbortController();

  constructor(
    private readonly config: Config,
    private readonly log: Log,
  ) {}

  start(): Promise<void> {
    this.#starting = this.#start();
    return this.#starting;
  }

  get isStopping(): boolean {
    return this.#stopping !== null || this.#interrupted.signal.aborted;
  }

  /** Ends what was started. The process ends by itself then, because nothing is left to do. */
  stop(exitCode: number): Promise<void> {
    process.exitCode = exitCode;
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  /** The first signal ends it in good order, a second one at once. */
  stopOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (this.isStopping) process.exit(1);
        this.log.info(`${signal}: stopping; once more ends it at once`);
        this.#interrupted.abort();
        void this.#starting.catch(() => undefined).then(() => this.stop(0));
      });
    }
  }

  async #start(): Promise<void> {
    const config = await this.#withDatabase();
    const { signal } = this.#interrupted;
    signal.throwIfAborted();
    const create = config.role === 'worker' ? createWorker : createApp;
    const app = await create(config, this.log, signal);
    this.#app = app;
    signal.throwIfAborted();
    await app.listen(config.port, config.host);
    const address = await app.getUrl();
    if (config.role === 'worker') {
      process.stdout.write(workerGreeting(address));
      return;
    }
    // Without a worker in this process nobody may be there to read it.
    const isDemoWanted = config.isDemoWanted && config.role === 'all';
    const hasDemo = isDemoWanted && (await this.#loadDemo(app));
    process.stdout.write(greeting(address, config, hasDemo));
  }

  async #withDatabase(): Promise<ServerConfig> {
    const { databaseUrl, dataFolder, host, port } = this.config;
    if (databaseUrl !== null) return { ...this.config, databaseUrl };
    this.#postgres = await startEmbeddedPostgres({
      dataDirectory: resolve(dataFolder),
      address: `http://${host}:${port}`,
      log: (line) => this.log.debug({ context: 'PostgreSQL' }, line),
      onCrash: (error) => {
        this.log.fatal(error.message);
        void this.stop(1);
      },
    });
    return { ...this.config, databaseUrl: this.#postgres.url };
  }

  /** A failed demo does not stop the server. Returns whether the demo is there. */
  async #loadDemo(app: INestApplication): Promise<boolean> {
    try {
      return await app.get(DemoService).load();
    } catch (error) {
      this.log.error({ err: error }, 'the demo cluster could not be loaded');
      return false;
    }
  }

  async #stop(): Promise<void> {
    try {
      await this.#app?.close();
    } finally {
      await this.#postgres?.stop();
    }
  }
}

/** What to do about it, when we know; else all that there is to find out. */
function reasonOf(error: unknown, { host, port }: Config): string {
  if (error instanceof EmbeddedPostgresError) return error.message;
  if (error instanceof StoreError || error instanceof MigrationError) return error.message;
  if (error instanceof SpoolError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== 'listen' && code === 'EACCES') return error.message;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} of ${host} is taken. Stop what uses it, or set PORT to another one.`;
    case 'EACCES':
      return `This user may not listen on port ${port}. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST is ${host}, which is no address of this machine.`;
    default:
      return error.stack ?? error.message;
  }
}
