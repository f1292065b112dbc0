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
}

/** What this process has. `hasColours` is for standard output, as far as that is a terminal. */
export function processTerminal(hasColours: boolean): Terminal {
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
    write: (text) =>
      new Promise((resolve) => {
        if (!isRead || stdout.write(text)) resolve(isRead);
        else {
          const done = (): void => resolve(isRead);
          stdout.once('drain', done);
          stdout.once('error', done);
        }
      }),
    writeError: (text) => void stderr.write(text),
    isErrorTerminal: stderr.isTTY,
    hasColours: hasColours && stdout.isTTY,
    workingDirectory: process.cwd(),
    today: new Date().toISOString().slice(0, 10),
  };
}
