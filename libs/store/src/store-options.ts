/** Where the store says what it does. A pino logger has this shape. */
export interface StoreLog {
  info(message: string): void;
  warn(message: string): void;
}

/** How to reach PostgreSQL. */
export interface StoreOptions {
  /** `postgresql://user:password@host:port/database?sslmode=…`, as node-postgres reads it. */
  readonly databaseUrl: string;
  readonly log: StoreLog;
  /** Most connections at once. Default 10. */
  readonly poolSize?: number;
  /** Longest run of one statement, in milliseconds. Storing a snapshot has ten times as long. Default 30,000. */
  readonly statementTimeoutMs?: number;
  /** How long to wait at start for a server that is not there yet, in milliseconds. Default 60,000. */
  readonly connectTimeoutMs?: number;
  /** Ends the start: waiting for the server, and for other processes that migrate. */
  readonly signal?: AbortSignal;
  /** Folder with the migrations. Default: `prisma/migrations` of the installation. */
  readonly migrationsFolder?: string;
}

/** Options with every default filled in. */
export type StoreSettings = Required<StoreOptions>;
