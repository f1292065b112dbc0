import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { ServerConfig } from './config/config.js';
import { createLog, type Log } from './logging/log.js';
import { NestLogger } from './logging/nest-logger.js';
import { WorkerModule } from './work/worker.module.js';

/**
 * A worker that carries out jobs from now on; `listen()` has it answer health probes. `close()` ends it: jobs under way end, or
 * are handed back. `signal` ends the waiting of the start. Fails as `createApp`.
 */
export async function createWorker(
  config: ServerConfig,
  log: Log = createLog(config.logLevel),
  signal: AbortSignal = new AbortController().signal,
): Promise<NestExpressApplication> {
  const module = WorkerModule.with({ config, log, signal });
  const app = await NestFactory.create<NestExpressApplication>(module, {
    bodyParser: false,
    logger: new NestLogger(log),
    abortOnError: false,
  });
  app.disable('x-powered-by');
  try {
    return await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
}
