import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { StoreModule } from '@portolan/store';
import { ClustersModule } from './clusters/clusters.module.js';
import { CONFIG, type ServerConfig } from './config/config.js';
import { DemoModule } from './demo/demo.module.js';
import { DocsModule } from './docs/docs.module.js';
import { HttpExceptionFilter } from './errors/http-exception.filter.js';
import { HealthModule } from './health/health.module.js';
import { JobQueriesModule } from './jobs/job-queries.module.js';
import type { LiveServer } from './live/live-server.js';
import { LOG, type Log } from './logging/log.js';
import { NodesModule } from './nodes/nodes.module.js';
import { QueryModule } from './query.module.js';
import { ReviewsModule } from './reviews/reviews.module.js';
import { graphqlOptions } from './graphql-options.js';
import { SnapshotsModule } from './snapshots/snapshots.module.js';
import { UploadsModule } from './uploads/uploads.module.js';
import { WorkModule } from './work/work.module.js';
import { WorkersModule } from './workers/workers.module.js';

/** What everything is made with. */
export interface AppParts {
  readonly config: ServerConfig;
  readonly log: Log;
  readonly live: LiveServer;
  /** Ends the waiting of the start. */
  readonly signal: AbortSignal;
}

/** A server that answers requests; with the role `all` one that also carries out jobs. */
@Global()
@Module({})
export class AppModule {
  static with({ config, log, live, signal }: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        StoreModule.forRoot({ databaseUrl: config.databaseUrl, log, signal }),
        WorkersModule,
        GraphQLModule.forRoot<ApolloDriverConfig>(
          graphqlOptions(config, { log, drain: () => live.close() }),
        ),
        NodesModule,
        ClustersModule,
        JobQueriesModule,
        SnapshotsModule,
        UploadsModule,
        QueryModule,
        ReviewsModule,
        DemoModule,
        HealthModule,
        DocsModule,
        ...(config.role === 'all' ? [WorkModule] : []),
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOG, useValue: log },
        { provide: APP_FILTER, useClass: HttpExceptionFilter },
      ],
      exports: [CONFIG, LOG],
    };
  }
}
