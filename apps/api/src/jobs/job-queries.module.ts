import { Module } from '@nestjs/common';
import { JobsModule } from './jobs.module.js';
import { JobsResolver } from './jobs.resolver.js';

/** Jobs in GraphQL. */
@Module({ imports: [JobsModule], providers: [JobsResolver] })
export class JobQueriesModule {}
