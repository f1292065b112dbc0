import { createHash } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { z } from 'zod';

const MIB = 1024 * 1024;
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const MIN_TOKEN_LENGTH = 16;
const ROLES = ['all', 'api', 'worker'] as const;

/** One environment variable: what it means, what it is when unset, and how its text is read. */
export interface Setting<Value> {
  readonly variable: string;
  /** For docs/configuration.md. */
  readonly description: string;
  /** The default as documentation shows it. */
  readonly shownDefault: string;
  readonly fallback: Value;
  readonly read: z.ZodType<Value, string>;
}

/** Every variable that the server reads. The only list: Config, the checks at start and the documentation follow it. */
export const SETTINGS = {
  role: setting<(typeof ROLES)[number]>({
    variable: 'ROLE',
    description:
      'What this process does: `api` answers requests, `worker` carries out jobs and answers health probes only, `all` does both. Any number of processes share a database, see docs/SCALING.md; other roles than `all` need `DATABASE_URL`.',
    fallback: 'all',
    read: z.enum(ROLES, `must be one of ${ROLES.join(', ')}`),
  }),
  port: setting({
    variable: 'PORT',
    description: 'Port to listen on; 0 takes any free one.',
    fallback: 3000,
    read: integer(0, 65_535),
  }),
  host: setting({
    variable: 'HOST',
    description:
      'Address to listen on. Anything but a loopback address needs `PORTOLAN_TOKENS` or `PORTOLAN_ANONYMOUS=true`.',
    fallback: '127.0.0.1',
    read: z.string().regex(/^[\w.:%-]+$/, 'must be a host name or an address'),
  }),
  publicHosts: setting<readonly string[]>({
    variable: 'PORTOLAN_HOSTS',
    description:
      'Host names under which the server is asked for, besides those of this machine, separated by commas: for a proxy in front. Requests for other names are refused; without names a server on a loopback address refuses all but `localhost` and the like.',
    fallback: [],
    shownDefault: 'none',
    read: hostNames(),
  }),
  databaseUrl: setting<string | null>({
    variable: 'DATABASE_URL',
    description:
      'PostgreSQL to use, `postgresql://user:password@host:port/database`. Unset: an embedded PostgreSQL.',
    fallback: null,
    read: z
      .string()
      .refine(isPostgresUrl, 'must be a postgresql:// address')
      .refine(namesDatabase, 'must name a database: postgresql://…/database')
      .refine(hasNoSchema, 'must not have ?schema=: set search_path of the role instead'),
  }),
  dataFolder: setting({
    variable: 'PORTOLAN_DATA',
    description: 'Folder of the embedded database.',
    fallback: '.data',
    read: z.string(),
  }),
  spoolFolder: setting({
    variable: 'PORTOLAN_SPOOL',
    description:
      'Folder in which a worker copies uploads while it reads them. A private folder is made inside, and removed at the end.',
    fallback: tmpdir(),
    shownDefault: "the system's folder for temporary files",
    read: z.string(),
  }),
  logLevel: setting<(typeof LOG_LEVELS)[number]>({
    variable: 'LOG_LEVEL',
    description: `Least important lines that are logged: ${LOG_LEVELS.join(', ')}.`,
    fallback: 'info',
    read: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`),
  }),
  tokenDigests: setting<readonly Buffer[]>({
    variable: 'PORTOLAN_TOKENS',
    description: `Bearer tokens that are accepted, separated by commas, of at least ${MIN_TOKEN_LENGTH} characters each. When set, every request needs one, except those for health and the pages of GraphiQL.`,
    fallback: [],
    shownDefault: 'none',
    read: tokens(),
  }),
  isAnonymousAllowed: setting({
    variable: 'PORTOLAN_ANONYMOUS',
    description: '`true` serves everybody who can connect, also beyond this machine.',
    fallback: false,
    read: boolean(),
  }),
  isDemoWanted: setting({
    variable: 'PORTOLAN_DEMO',
    description:
      '`false` leaves an empty store empty, instead of loading the cluster `demo`. Loaded with `ROLE=all` only.',
    fallback: true,
    read: boolean(),
  }),
  maxUploadBytes: setting({
    variable: 'PORTOLAN_MAX_UPLOAD_BYTES',
    description: 'Largest body of a REST upload, as it is sent.',
    fallback: 1024 * MIB,
    read: bytes(),
    shownDefault: '1GiB',
  }),
  maxUnpackedBytes: setting({
    variable: 'PORTOLAN_MAX_UNPACKED_BYTES',
    description: 'Largest upload after decompression.',
    fallback: 2048 * MIB,
    read: bytes(),
    shownDefault: '2GiB',
  }),
  maxInlineBytes: setting({
    variable: 'PORTOLAN_MAX_INLINE_BYTES',
    description: 'Largest upload inside a GraphQL request, base64 decoded.',
    fallback: 8 * MIB,
    read: bytes(),
    shownDefault: '8MiB',
  }),
  uploadIdleSeconds: setting({
    variable: 'PORTOLAN_UPLOAD_IDLE_SECONDS',
    description: 'How long a REST upload may send nothing before it is given up.',
    fallback: 30,
    read: integer(1, 3600),
  }),
  maxQueryDepth: setting({
    variable: 'PORTOLAN_MAX_QUERY_DEPTH',
    description: 'Deepest nesting of fields in a query.',
    fallback: 15,
    read: integer(1, 1000),
  }),
  maxQueryCost: setting({
    variable: 'PORTOLAN_MAX_QUERY_COST',
    description: 'Highest cost of a query, in points; see the limits in docs/api.md.',
    fallback: 20_000,
    read: integer(1, 1_000_000_000),
  }),
  maxQueryAliases: setting({
    variable: 'PORTOLAN_MAX_QUERY_ALIASES',
    description: 'Most aliases in a query.',
    fallback: 100,
    read: integer(0, 100_000),
  }),
  maxQueryTokens: setting({
    variable: 'PORTOLAN_MAX_QUERY_TOKENS',
    description: 'Most lexical tokens in a query.',
    fallback: 10_000,
    read: integer(10, 10_000_000),
  }),
  threads: setting({
    variable: 'PORTOLAN_THREADS',
    description: 'Worker threads for reading manifests and for heavy questions.',
    fallback: Math.max(2, availableParallelism()),
    shownDefault: 'the number of processor cores, at least 2',
    read: integer(2, 256),
  }),
  queueLimit: setting({
    variable: 'PORTOLAN_QUEUE_LIMIT',
    description:
      'How many jobs of a kind may wait for a worker, and how many tasks of a kind for a thread of this process; more are refused.',
    fallback: 64,
    read: integer(0, 100_000),
  }),
  taskTimeoutSeconds: setting({
    variable: 'PORTOLAN_TASK_TIMEOUT_SECONDS',
    description:
      'How long a question may be worked on, and how long an upload or an export may go without progress.',
    fallback: 120,
    read: integer(1, 86_400),
  }),
  leaseSeconds: setting({
    variable: 'PORTOLAN_LEASE_SECONDS',
    description:
      'How long a job stays with a worker of which nothing is heard; then another takes it up. The same for all processes.',
    fallback: 30,
    read: integer(3, 3600),
  }),
  indexCacheBytes: setting({
    variable: 'PORTOLAN_INDEX_CACHE_BYTES',
    description: 'Memory for indexes of snapshots that were asked about lately.',
    fallback: 256 * MIB,
    read: bytes(),
    shownDefault: '256MiB',
  }),
} as const;

function setting<Value>({
  shownDefault,
  ...rest
}: Omit<Setting<Value>, 'shownDefault'> & { readonly shownDefault?: string }): Setting<Value> {
  return {
    ...rest,
    shownDefault: shownDefault ?? (rest.fallback === null ? 'none' : String(rest.fallback)),
  };
}

function integer(min: number, max: number): z.ZodType<number, string> {
  const reason = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,15}$/, reason)
    .transform(Number)
    .refine((value) => value >= min && value <= max, reason);
}

const UNITS: Readonly<Record<string, number>> = { '': 1, KIB: 1024, MIB, GIB: 1024 * MIB };

function bytes(): z.ZodType<number, string> {
  const reason = 'must be a number of bytes, for example 67108864 or 64MiB';
  return z
    .string()
    .transform((text) => {
      const [, digits = '', unit = ''] = /^(\d{1,12})(|[KMG]iB)$/i.exec(text) ?? [];
      return Number(digits) * (UNITS[unit.toUpperCase()] ?? 0);
    })
    .refine((value) => Number.isSafeInteger(value) && value > 0, reason);
}

function boolean(): z.ZodType<boolean, string> {
  return z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');
}

/** Only digests are kept: a token cannot leak from where it no longer is. */
function tokens(): z.ZodType<readonly Buffer[], string> {
  return z
    .string()
    .transform((text) => text.split(',').map((token) => token.trim()))
    .refine(
      (list) => list.every((token) => token.length >= MIN_TOKEN_LENGTH),
      `each token needs at least ${MIN_TOKEN_LENGTH} characters`,
    )
    .refine(
      (list) => list.every((token) => /^[\w.~+/=-]+$/.test(token)),
      'a token has letters, digits and -._~+/= only (RFC 6750)',
    )
    .transform((list) => list.map((token) => createHash('sha256').update(token).digest()));
}

function hostNames(): z.ZodType<readonly string[], string> {
  return z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
    .refine(
      (names) => names.every((name) => /^[\w.-]+$/.test(name)),
      'must be host names without ports, separated by commas',
    );
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}

function namesDatabase(text: string): boolean {
  return !isPostgresUrl(text) || new URL(text).pathname.length > 1;
}

/** Prisma reads it, node-postgres passes it over: tables would lie elsewhere than said. */
function hasNoSchema(text: string): boolean {
  return !isPostgresUrl(text) || !new URL(text).searchParams.has('schema');
}
