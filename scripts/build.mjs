// `npm run build`
import './steps/require-node.mjs';
import { build } from './steps/build.mjs';
import { install } from './steps/install.mjs';

await install();
await build({ force: true });
