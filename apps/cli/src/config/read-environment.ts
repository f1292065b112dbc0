/** What the environment says to the command line. */
export interface CommandEnvironment {
  /** False with NO_COLOR, whatever its value (https://no-color.org), and on a terminal that knows no colours. */
  readonly hasColours: boolean;
  /** PORTOLAN_SERVER; null = none. */
  readonly server: string | null;
  /** PORTOLAN_TOKEN; null = none. An option would be seen by everybody on the machine. */
  readonly token: string | null;
}

/**
 * Reads the environment, of this process when no other is given. The only place that does. The token is taken out of it, so
 * that a command of --render, which works on what somebody else wrote, is not given it.
 */
export function readEnvironment(
  environment: Record<string, string | undefined> = process.env,
): CommandEnvironment {
  const { NO_COLOR, TERM, PORTOLAN_SERVER, PORTOLAN_TOKEN } = environment;
  delete environment.PORTOLAN_TOKEN;
  return {
    hasColours: (NO_COLOR ?? '') === '' && TERM !== 'dumb',
    server: given(PORTOLAN_SERVER),
    token: given(PORTOLAN_TOKEN),
  };
}

function given(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
