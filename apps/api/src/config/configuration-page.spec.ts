import { expect, it } from 'vitest';
import { configurationPage, environmentExample } from './configuration-page.js';

it('docs/configuration.md is fresh (npm run generate)', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../../../docs/configuration.md');
});

it('.env.example is fresh (npm run generate)', async () => {
  await expect(environmentExample()).toMatchFileSnapshot('../../../../.env.example');
});
