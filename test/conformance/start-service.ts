import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@portolan/store';
import { readConfig } from '../../apps/api/src/config/read-config.js';
import { createApp } from '../../apps/api/src/create-app.js';

/** A service of our own, on a database that is gone afterwards. */
export interface StartedService {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the real service on a free port of this machine, with an embedded PostgreSQL in a temporary folder. */
export async function startService(): Promise<StartedService> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-conformance-'));
  // PostgreSQL runs as another user when we are root, who has to get through.
  await chmod(folder, 0o755);
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const step of stops.reverse()) await step();
  };
  try {
    const postgres = await startEmbeddedPostgres({ dataDirectory: folder, isDurable: false });
    stops.push(
      () => rm(postgres.folder, { recursive: true, force: true }),
      () => postgres.stop(),
    );
    const config = readConfig({ PORT: '0', LOG_LEVEL: 'warn', PORTOLAN_DEMO: 'false' });
    const app = await createApp({ ...config, databaseUrl: postgres.url });
    stops.push(() => app.close());
    await app.listen(config.port, config.host);
    return { url: await app.getUrl(), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
