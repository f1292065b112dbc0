// Import this first: everything after it may use what the minimum version offers.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
const [major, minor] = engines.node.replace('>=', '').split('.').map(Number);
const [actualMajor, actualMinor] = process.versions.node.split('.').map(Number);

if (actualMajor < major || (actualMajor === major && actualMinor < minor)) {
  console.error(
    `Portolan needs Node ${major}.${minor} or newer, and this is Node ${process.versions.node}.\n` +
      'Install a newer one, for example from https://nodejs.org, and run the command again.',
  );
  process.exit(1);
}
