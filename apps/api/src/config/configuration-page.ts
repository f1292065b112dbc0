import { type Setting, SETTINGS } from './settings.js';

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const items = Object.values<Setting<unknown>>(SETTINGS).map(
    ({ variable, shownDefault, description }) =>
      `- **\`${variable}\`** (default: ${shownDefault}): ${description}`,
  );
  return `${HEAD}\n${items.join('\n')}\n${TAIL}`;
}

const HEAD = `# Configuration

<!-- Generated from apps/api/src/config/settings.ts by \`npm run generate\`. -->

Portolan reads its configuration from the environment, once, at the start. A variable that is empty counts as unset. When one cannot be
used, the server names it with the reason and ends with exit code 2.

Sizes are bytes, or a number with KiB, MiB or GiB.
`;

const TAIL = `
On a loopback address without \`PORTOLAN_TOKENS\` everybody on this machine may ask and upload. On any other address Portolan does not start
without tokens, unless \`PORTOLAN_ANONYMOUS=true\` says that this is meant.
`;
