// `npm start`: from a fresh clone to a running server; only what is missing or outdated is made.
import './steps/require-node.mjs';
import { pathToFileURL } from 'node:url';
import { build, serverFile } from './steps/build.mjs';
import { endWithNpm } from './steps/end-with-npm.mjs';
import { install } from './steps/install.mjs';
import { mustNotRun } from './steps/running-server.mjs';

endWithNpm();
mustNotRun(process.env);
await install();
await build();

// GraphQL checks more, and more slowly, while a program is being developed.
process.env.NODE_ENV ??= 'production';

// The server takes over this process, so a signal reaches it once and its exit code is ours.
process.setSourceMapsEnabled(true);
await import(pathToFileURL(serverFile).href);
