// `npm test`: every test of the project. Arguments go to vitest, as in `npm test -- libs/engine`.
import './steps/require-node.mjs';
import { generate } from './steps/generate.mjs';
import { install } from './steps/install.mjs';
import { runTool } from './steps/run.mjs';

await install();
await generate();
process.exitCode = await runTool('vitest', ['run', ...process.argv.slice(2)]);
