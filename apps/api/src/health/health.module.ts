import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** The probes. */
@Module({ controllers: [HealthController] })
export class HealthModule {}
