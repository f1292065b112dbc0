import {
  type DynamicModule,
  type FactoryProvider,
  Inject,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { ClusterRepository } from './clusters/cluster.repository.js';
import { Database, openDatabase } from './database.js';
import { DatabaseHealth } from './database-health.js';
import { JobClaims } from './jobs/job-claims.js';
import { JobRepository } from './jobs/job.repository.js';
import { JobSignals } from './jobs/job-signals.js';
import { ChangeReviewRepository } from './reviews/change-review.repository.js';
import { SnapshotRepository } from './snapshots/snapshot.repository.js';
import type { StoreOptions } from './store-options.js';
import { UploadRepository } from './uploads/upload.repository.js';

const REPOSITORIES = [
  ClusterRepository,
  SnapshotRepository,
  JobRepository,
  JobClaims,
  JobSignals,
  UploadRepository,
  ChangeReviewRepository,
  DatabaseHealth,
];

/**
 * The repositories, for the whole application. The application starts when the database answers and is up to date; its
 * connections are closed after everything else, on shutdown (`app.enableShutdownHooks()` or `app.close()`).
 */
@Module({})
export class StoreModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static forRoot(options: StoreOptions): DynamicModule {
    const database: FactoryProvider<Database> = {
      provide: Database,
      useFactory: () => openDatabase(options),
    };
    return {
      module: StoreModule,
      global: true,
      providers: [database, ...REPOSITORIES],
      exports: REPOSITORIES,
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
