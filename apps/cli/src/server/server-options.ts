import { isPrivate, isToken, readServerAddress } from '@portolan/client';
import type { OptionSpec } from '../options/command-spec.js';
import type { CommandLine } from '../options/parse-command.js';
import type { Terminal } from '../terminal.js';

/** A server that is to be asked, and how long. */
export interface ServerAccess {
  readonly url: URL;
  readonly token: string | null;
  readonly timeoutSeconds: number;
}

const USUAL_SECONDS = 600;
const MOST_SECONDS = 86_400;

/** Options of commands that can ask a server. */
export const SERVER_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'server',
    value: 'URL',
    about: 'asks a Portolan server; default PORTOLAN_SERVER; its token is PORTOLAN_TOKEN',
  },
  {
    name: 'timeout',
    value: 'SECONDS',
    about: `longest time for the server; default ${USUAL_SECONDS}`,
  },
  {
    name: 'insecure-http',
    value: null,
    about: 'sends the token over http:// to another machine, where others can read along',
  },
];

/** Which server is to be asked; null = none. @throws UsageError */
export function readServer(line: CommandLine, terminal: Terminal): ServerAccess | null {
  const text = line.one('server') ?? terminal.server;
  if (text === null) {
    const stray = ['timeout', 'insecure-http'].find((name) => line.has(name));
    if (stray !== undefined) throw line.wrong(`--${stray} is about a server: give --server`);
    return null;
  }
  const address = readServerAddress(text);
  if (!address.ok) throw line.wrong(`--server ${address.message}`);
  const { url } = address;
  const { token } = terminal;
  if (token !== null && !isToken(token))
    throw line.wrong('PORTOLAN_TOKEN has characters that no token has (RFC 6750)');
  if (token !== null && !isPrivate(url) && !line.has('insecure-http'))
    throw line.wrong(
      `PORTOLAN_TOKEN would go to ${url.host} over http://, where others can read along: use https://, or --insecure-http`,
    );
  const timeoutSeconds = line.number('timeout', 1, MOST_SECONDS) ?? USUAL_SECONDS;
  return { url, token, timeoutSeconds };
}
