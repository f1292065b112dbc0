import { Controller, Get, HttpCode, Inject, Res } from '@nestjs/common';
import { WorkerPool } from '@portolan/pool';
import { DatabaseHealth } from '@portolan/store';
import type { Response } from 'express';

/** What /readyz looks at, and whether it is well. */
interface Readiness {
  readonly database: boolean;
  readonly migrations: boolean;
  readonly workers: boolean;
}

/** Probes, open to everybody. */
@Controller()
export class HealthController {
  constructor(
    @Inject(DatabaseHealth) private readonly database: DatabaseHealth,
    @Inject(WorkerPool) private readonly workers: WorkerPool,
  ) {}

  /** The process answers. */
  @Get('livez')
  @HttpCode(200)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Everything that questions need is there; else 503, and which part is not. */
  @Get('readyz')
  async ready(
    @Res({ passthrough: true }) response: Response,
  ): Promise<Readiness & { status: 'ok' | 'unavailable' }> {
    const [database, migrations] = await Promise.all([
      this.database.ping(),
      this.database.migrationsApplied(),
    ]);
    const parts: Readiness = { database, migrations, workers: this.workers.isHealthy() };
    const isReady = Object.values(parts).every(Boolean);
    response.status(isReady ? 200 : 503).setHeader('cache-control', 'no-store');
    return { status: isReady ? 'ok' : 'unavailable', ...parts };
  }
}
