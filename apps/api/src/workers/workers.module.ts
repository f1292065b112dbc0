import { Global, Module } from '@nestjs/common';
import { WorkerPool } from '@portolan/pool';
import { CONFIG, type ServerConfig } from '../config/config.js';
import { LOG, type Log } from '../logging/log.js';

/** The worker threads. They are closed by who gives them work that outlives requests: see JobQueue. */
@Global()
@Module({
  providers: [
    {
      provide: WorkerPool,
      inject: [CONFIG, LOG],
      useFactory: async (config: ServerConfig, log: Log): Promise<WorkerPool> => {
        const pool = new WorkerPool({
          threads: config.threads,
          maxQueue: config.queueLimit,
          taskTimeoutMs: config.taskTimeoutSeconds * 1000,
          log,
        });
        await pool.ready();
        return pool;
      },
    },
  ],
  exports: [WorkerPool],
})
export class WorkersModule {}
