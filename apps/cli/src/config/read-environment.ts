/** What the environment says to the command line. */
export interface CommandEnvironment {
  /** False with NO_COLOR, whatever its value (https://no-color.org), and on a terminal that knows no colours. */
  readonly hasColours: boolean;
}

/** Reads the environment of this process. The only place that does. */
export function readEnvironment(): CommandEnvironment {
  const { NO_COLOR, TERM } = process.env;
  return { hasColours: (NO_COLOR ?? '') === '' && TERM !== 'dumb' };
}
