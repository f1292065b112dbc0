import { ConfigError } from './config/read-config.js';
import { readEnvironment } from './config/read-environment.js';
import { runServer } from './run-server.js';

/** Exit code when the environment cannot be used; 1 is for everything else. */
const BAD_ENVIRONMENT = 2;

// Who stops reading (`npm start | head`) does not stop the server.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

try {
  await runServer(readEnvironment());
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`Portolan cannot start with this environment:\n${error.message}\n`);
  process.exitCode = BAD_ENVIRONMENT;
}
