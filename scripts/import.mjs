// `npm run import`: from a fresh clone to a snapshot of a live cluster; see docs/live-clusters.md.
import './steps/require-node.mjs';
import { pathToFileURL } from 'node:url';
import { build, importFile } from './steps/build.mjs';
import { endWithNpm } from './steps/end-with-npm.mjs';
import { install } from './steps/install.mjs';

endWithNpm();
await install();
await build();

// The program takes over this process, so a signal reaches it once and its exit code is ours.
process.setSourceMapsEnabled(true);
await import(pathToFileURL(importFile).href);
