import { type Setting, SETTINGS } from './settings.js';

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const items = settings().map(
    ({ variable, shownDefault, description }) =>
      `- **\`${variable}\`** (default: ${shownDefault}): ${description}`,
  );
  return `${HEAD}\n${items.join('\n')}\n${TAIL}`;
}

/** The text of .env.example: every variable, commented out, with its default. */
export function environmentExample(): string {
  return `${EXAMPLE_HEAD}\n${settings().map(exampleOf).join('\n')}`;
}

function settings(): Setting<unknown>[] {
  return Object.values<Setting<unknown>>(SETTINGS);
}

function exampleOf({ variable, shownDefault, description, read }: Setting<unknown>): string {
  // A default in words cannot stand behind the variable.
  const isValue = !shownDefault.includes(' ') && read.safeParse(shownDefault).success;
  const lines = wrapped(description.replaceAll('`', ''));
  return isValue
    ? `${lines}#${variable}=${shownDefault}\n`
    : `${lines}# Default: ${shownDefault}.\n#${variable}=\n`;
}

const EXAMPLE_WIDTH = 100;

/** A text as lines of comment. */
function wrapped(text: string): string {
  let [lines, line] = ['', '#'];
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > EXAMPLE_WIDTH) {
      lines += `${line}\n`;
      line = '#';
    }
    line += ` ${word}`;
  }
  return `${lines}${line}\n`;
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

const EXAMPLE_HEAD = `# Every variable Portolan reads, with its default. Copy what you need to .env, and start with
# \`node --env-file=.env scripts/start.mjs\`. docker-compose.yml names the ones it takes from there.
#
# Generated from apps/api/src/config/settings.ts by \`npm run generate\`.
`;
