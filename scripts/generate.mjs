// `npm run generate`: the Prisma client, from prisma/schema.prisma.
import './steps/require-node.mjs';
import { generate } from './steps/generate.mjs';
import { install } from './steps/install.mjs';

await install();
await generate({ force: true });
