// `npm run generate`: all that is made from something else. The Prisma client is left out of git; the
// other files are committed, and each has a test named "… is fresh", which also knows how to write it.
import './steps/require-node.mjs';
import { writeBundles } from './steps/bundle.mjs';
import { generate } from './steps/generate.mjs';
import { install } from './steps/install.mjs';
import { must, runTool } from './steps/run.mjs';

await install();
await generate({ force: true });
await writeBundles();
await must(runTool('vitest', ['run', '--update', '--testNamePattern', 'is fresh']));
