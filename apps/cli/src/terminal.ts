import { once } from 'node:events';
import type { CommandEnvironment } from './config/read-environment.js';

/** What a command has around it. */
export interface Terminal {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Resolves when the reader can take more; false = nobody reads any more. */
  readonly write: (text: string) => Promise<boolean>;
  readonly writeError: (text: string) => void;
  /** Whether a person looks at errors, and so at progress. */
  readonly isErrorTerminal: boolean;
  readonly hasColours: boolean;
  readonly workingDirectory: string;
  /** Of now, in UTC: `2026-03-01`. */
  readonly today: string;
  /** Used when no --server is given; null = everything is done here. */
  readonly server: string | null;
  /** For that server. */
  readonly token: string | null;
}

/** What this process has. `hasColours` is for standard output, as far as that is a terminal. */
export function processTerminal({ hasColours, server, token }: CommandEnvironment): Terminal {
  const { stdin, stdout, stderr } = process;
  let isRead = true;
  // Who stops reading (`portolan list … | head`) has what they wanted.
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      isRead &&= stream !== stdout;
    });
  return {
    stdin,
    write: async (text) => {
      // A failed write is said to the listener above as well; here it only ends the wait.
      if (isRead && !stdout.write(text)) await once(stdout, 'drain').catch(() => undefined);
      return isRead;
    },
    writeError: (text) => void stderr.write(text),
    isErrorTerminal: stderr.isTTY,
    hasColours: hasColours && stdout.isTTY,
    workingDirectory: process.cwd(),
    today: new Date().toISOString().slice(0, 10),
    server,
    token,
  };
}
