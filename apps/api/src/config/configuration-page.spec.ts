import { expect, it } from 'vitest';
import { configurationPage } from './configuration-page.js';

it('docs/configuration.md is fresh (npm run generate)', async () => {
  await expect(configurationPage()).toMatchFileSnapshot('../../../../docs/configuration.md');
});
