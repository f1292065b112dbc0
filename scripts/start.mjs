// `npm start`: from a fresh clone to a running server; only what is missing or outdated is made.
import './steps/require-node.mjs';
import { pathToFileURL } from 'node:url';
import { build, serverFile } from './steps/build.mjs';
import { install } from './steps/install.mjs';
import { mustNotRun } from './steps/running-server.mjs';

// A signal to npm alone ends npm and its shell, and does not reach us: take their end for the signal.
const { ppid: parent } = process;
if (process.env.npm_lifecycle_event !== undefined) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}

mustNotRun(process.env);
await install();
await build();

// GraphQL checks more, and more slowly, while a program is being developed.
process.env.NODE_ENV ??= 'production';

// The server takes over this process, so a signal reaches it once and its exit code is ours.
process.setSourceMapsEnabled(true);
await import(pathToFileURL(serverFile).href);
