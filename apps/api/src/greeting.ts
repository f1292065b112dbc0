import type { Config } from './config/config.js';
import { FIRST_QUERY } from './graphiql/first-query.js';

const WITHOUT_DEMO = '{ clusters { nodes { slug latestSnapshot { takenAt } } } }';

/** What the start says: where to look, and a question to begin with, ready for the shell. */
export function greeting(
  address: string,
  { tokenDigests }: Pick<Config, 'tokenDigests'>,
  hasDemo: boolean,
): string {
  const url = `${address.replace(/\/\/(127\.0\.0\.1|\[::1\]|0\.0\.0\.0|\[::\])(?=[:/]|$)/, '//localhost')}/graphql`;
  const query = (hasDemo ? FIRST_QUERY : WITHOUT_DEMO).replace(/\s+/g, ' ');
  const token = tokenDigests.length > 0 ? ` \\\n    -H "authorization: Bearer $TOKEN"` : '';
  return `
Portolan serves ${url}
Open it in a browser, or ask from a shell:

  curl -s ${url} -H 'content-type: application/json'${token} \\
    -d '${JSON.stringify({ query })}'

Ctrl-C stops it.
`;
}

/** What the start of a worker says. */
export function workerGreeting(address: string): string {
  return `
Portolan carries out jobs. Its health: ${address}/readyz

Ctrl-C stops it: jobs under way end, or others take them up.
`;
}
