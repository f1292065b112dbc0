import { Module } from '@nestjs/common';
import { JobBoard } from './job-board.js';
import { JobsResolver } from './jobs.resolver.js';
import { JobsService } from './jobs.service.js';

/** Jobs: finding, watching and stopping them. */
@Module({ providers: [JobBoard, JobsService, JobsResolver], exports: [JobBoard, JobsService] })
export class JobsModule {}
