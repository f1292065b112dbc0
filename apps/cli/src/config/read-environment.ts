/** What the environment says to the command line. */
export interface CommandEnvironment {
  /** False with NO_COLOR, whatever its value (https://no-color.org), and on a terminal that knows no colours. */
  readonly hasColours: boolean;
}

/** Reads the environment, of this process when no other is given. The only place that does. */
export function readEnvironment(
  { NO_COLOR, TERM }: Readonly<Record<string, string | undefined>> = process.env,
): CommandEnvironment {
  return { hasColours: (NO_COLOR ?? '') === '' && TERM !== 'dumb' };
}
