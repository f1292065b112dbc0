import { ClientError } from '@portolan/client';
import { ListingError } from '@portolan/live';
import { UsageError } from './config/import-options.js';
import { readCommand } from './config/read-command.js';
import { USAGE } from './config/read-options.js';
import { importCluster } from './import-cluster.js';
import { ImportError, Interrupted } from './import-error.js';

const FAILED = 1;
const BAD_USAGE = 2;
/** As shells have it for a program that was stopped. */
const INTERRUPTED = 130;

process.exitCode = await main();

async function main(): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // Who asks twice does not want to wait for what becomes of the upload.
      if (stop.signal.aborted) process.exit(INTERRUPTED);
      stop.abort(new Interrupted('Interrupted: nothing is stored.'));
    });
  }
  try {
    const options = readCommand();
    if (options === null) {
      process.stdout.write(USAGE);
      return 0;
    }
    await importCluster(options, stop.signal, {
      progress: (line) => process.stderr.write(`${line}\n`),
      result: (line) => process.stdout.write(`${line}\n`),
    });
    return 0;
  } catch (error) {
    return tell(error);
  }
}

function tell(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return BAD_USAGE;
  }
  if (error instanceof Interrupted) {
    process.stderr.write(`${error.message}\n`);
    return INTERRUPTED;
  }
  if (!(
    error instanceof ListingError ||
    error instanceof ImportError ||
    error instanceof ClientError
  ))
    throw error;
  const outcome = error instanceof ListingError ? ' Nothing is stored.' : '';
  process.stderr.write(`${error.message}${outcome}\n`);
  return FAILED;
}
