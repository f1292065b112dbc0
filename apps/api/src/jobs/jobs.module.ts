import { Module } from '@nestjs/common';
import { JobBoard } from './job-board.js';
import { JobQueue } from './job-queue.js';
import { JobsService } from './jobs.service.js';

/** Jobs: having them done, finding, watching and stopping them. */
@Module({ providers: [JobBoard, JobQueue, JobsService], exports: [JobQueue, JobsService] })
export class JobsModule {}
