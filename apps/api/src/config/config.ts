import type { Setting, SETTINGS } from './settings.js';

/** What the environment says, with every default filled in. Frozen. */
export type Config = {
  readonly [Key in keyof typeof SETTINGS]: (typeof SETTINGS)[Key] extends Setting<infer Value>
    ? Value
    : never;
};

/** A configuration whose database is known. */
export type ServerConfig = Config & { readonly databaseUrl: string };

/** Injection token of ServerConfig. */
export const CONFIG = Symbol('CONFIG');
