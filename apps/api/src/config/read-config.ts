import type { Config } from './config.js';
import { isLoopback } from './loopback.js';
import { type Setting, SETTINGS } from './settings.js';

/** A variable that cannot be used, and why. Never holds the value: it may be a secret. */
export interface ConfigProblem {
  readonly variable: string;
  readonly reason: string;
}

/** The environment is not usable. Names every bad variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, reason }) => `${variable} ${reason}`).join('\n'));
  }
}

/**
 * Reads the environment. A variable that is empty counts as unset.
 * @throws ConfigError
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: ConfigProblem[] = [];
  const values = Object.entries<Setting<unknown>>(SETTINGS).map(([key, setting]) => {
    const text = environment[setting.variable]?.trim() ?? '';
    if (text === '') return [key, setting.fallback] as const;
    const result = setting.read.safeParse(text);
    if (result.success) return [key, result.data] as const;
    const reason = result.error.issues[0]?.message ?? 'cannot be read';
    problems.push({ variable: setting.variable, reason });
    return [key, setting.fallback] as const;
  });
  // Each value was read by the setting of its key, or is that setting's default.
  const config = Object.freeze(Object.fromEntries(values)) as Config;
  problems.push(...contradictions(config, problems));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function contradictions(config: Config, known: readonly ConfigProblem[]): ConfigProblem[] {
  return [...unsharedDatabase(config, known), ...openDoors(config, known)];
}

/** An embedded PostgreSQL belongs to one process. */
function unsharedDatabase(
  { role, databaseUrl }: Config,
  known: readonly ConfigProblem[],
): ConfigProblem[] {
  const hasDatabase =
    databaseUrl !== null || known.some(({ variable }) => variable === 'DATABASE_URL');
  if (role === 'all' || hasDatabase) return [];
  return [
    {
      variable: 'ROLE',
      reason: `is ${role}, which works for processes elsewhere: set DATABASE_URL to the PostgreSQL that they share`,
    },
  ];
}

function openDoors(
  { role, host, tokenDigests, isAnonymousAllowed }: Config,
  known: readonly ConfigProblem[],
): ConfigProblem[] {
  // Tokens that could not be read were meant to be there.
  const hasTokens =
    tokenDigests.length > 0 || known.some(({ variable }) => variable === 'PORTOLAN_TOKENS');
  if (hasTokens && isAnonymousAllowed) {
    return [
      {
        variable: 'PORTOLAN_ANONYMOUS',
        reason: 'is true although PORTOLAN_TOKENS is set: unset one of them',
      },
    ];
  }
  // A worker answers nothing but health probes.
  if (isLoopback(host) || hasTokens || isAnonymousAllowed || role === 'worker') return [];
  return [
    {
      variable: 'HOST',
      reason: `is ${host}, which other machines can reach, but nobody has to prove who they are: set PORTOLAN_TOKENS to one or more bearer tokens, or PORTOLAN_ANONYMOUS=true to serve everybody`,
    },
  ];
}
