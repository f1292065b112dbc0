// Holds an embedded database until it is told to stop, for tests that kill it: the data folder is the argument.
import { startEmbeddedPostgres } from '../../libs/store/src/embedded-postgres/start-embedded-postgres.js';

const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

// Before the first word: whoever hears it may stop us at once.
let stop = (): void => process.exit();
process.once('SIGTERM', () => stop());

try {
  const postgres = await startEmbeddedPostgres({
    dataDirectory: process.argv[2] ?? '',
    address: 'http://127.0.0.1:3000',
    onCrash: (error) => say({ crashed: error.code }),
  });
  stop = () => void postgres.stop();
  say({ url: postgres.url, folder: postgres.folder });
} catch (error) {
  say({ failed: (error as { code?: string }).code, message: (error as Error).message });
  process.exitCode = 1;
}
