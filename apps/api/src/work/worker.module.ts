import { type DynamicModule, Global, Module } from '@nestjs/common';
import { StoreModule } from '@portolan/store';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { HealthModule } from '../health/health.module.js';
import { LOG, type Log } from '../logging/log.js';
import { WorkersModule } from '../workers/workers.module.js';
import { WorkModule } from './work.module.js';

/** What a worker is made with. */
export interface WorkerParts {
  readonly config: ServerConfig;
  readonly log: Log;
  /** Ends the waiting of the start. */
  readonly signal: AbortSignal;
}

/** A process that carries out jobs, and answers health probes. */
@Global()
@Module({})
export class WorkerModule {
  static with({ config, log, signal }: WorkerParts): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        StoreModule.forRoot({ databaseUrl: config.databaseUrl, log, signal }),
        WorkersModule,
        WorkModule,
        HealthModule,
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOG, useValue: log },
      ],
      exports: [CONFIG, LOG],
    };
  }
}
