import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** PostgreSQL type ids of catalogue columns that the adapter has no mapping for, and of text. */
const CHAR = 18;
const NAME = 19;
const CHAR_ARRAY = 1002;
const NAME_ARRAY = 1003;
const TEXT = 25;
const TEXT_ARRAY = 1009;
const READ_AS = new Map([
  [CHAR, TEXT],
  [NAME, TEXT],
  [CHAR_ARRAY, TEXT_ARRAY],
  [NAME_ARRAY, TEXT_ARRAY],
]);

/** By the rows of a result: which of its columns were "char". The adapter hands on rows, but not type ids. */
const charColumns = new WeakMap();

function reportAsText(result) {
  for (const { fields, rows } of [result].flat()) {
    const chars = [...(fields ?? []).keys()].filter((i) => fields[i].dataTypeID === CHAR);
    if (chars.length > 0) charColumns.set(rows, chars);
    for (const field of fields ?? []) {
      field.dataTypeID = READ_AS.get(field.dataTypeID) ?? field.dataTypeID;
    }
  }
  return result;
}

const withCatalogueTypes = (Base) =>
  class extends Base {
    query(...args) {
      const answer = super.query(...args);
      return typeof answer?.then === 'function' ? answer.then(reportAsText) : answer;
    }
  };
const Client = withCatalogueTypes(pg.Client);
const Pool = withCatalogueTypes(pg.Pool);

/** What the adapter does otherwise than the engine needs. */
function adapted(adapter) {
  // The server takes a script apart; the adapter would cut at any `;`, also in a comment or a function.
  adapter.executeScript = async (sql) => {
    await adapter.executeRaw({ sql, args: [], argTypes: [] });
  };
  // The engine takes one character for no text, and stops at the first CHECK of a table.
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (statement) => {
    const result = await queryRaw(statement);
    for (const i of charColumns.get(result.rows) ?? []) {
      result.columnTypes[i] = ColumnTypeEnum.Character;
    }
    return result;
  };
  return adapter;
}

function adapterOf(url) {
  // One connection: the engine takes an advisory lock, which belongs to a session.
  const pool = new Pool({ connectionString: url, max: 1, Client });
  const schema = url ? (new URL(url).searchParams.get('schema') ?? undefined) : undefined;
  const factory = new PrismaPg(pool, { disposeExternalPool: true, schema });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => adapted(await connect());
  return factory;
}

function withDatabase(url, name) {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.toString();
}

async function query(url, sql) {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Migrations are replayed in a shadow database, made for the occasion and dropped with its connection. */
async function connectToThrowAwayDatabase(url) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  await query(url, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  const shadow = await adapterOf(withDatabase(url, name)).connect();
  const dispose = shadow.dispose.bind(shadow);
  shadow.dispose = async () => {
    await dispose();
    await query(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)}`);
  };
  return shadow;
}

/** The adapter factory that the engine asks for its own and for the shadow database. */
export function adapterFactory({ url, shadowDatabaseUrl }) {
  const main = adapterOf(url);
  return {
    provider: 'postgres',
    adapterName: main.adapterName,
    connect: () => main.connect(),
    connectToShadowDb: () =>
      shadowDatabaseUrl ? adapterOf(shadowDatabaseUrl).connect() : connectToThrowAwayDatabase(url),
  };
}

/** The commands about a database as a whole, which the engine cannot run from inside it. */
export async function administer(command, url) {
  const name = pg.escapeIdentifier(decodeURIComponent(new URL(url).pathname.slice(1)));
  const maintenance = withDatabase(url, 'postgres');
  if (command === 'can-connect-to-database') await query(url, 'SELECT 1');
  else if (command === 'create-database') await query(maintenance, `CREATE DATABASE ${name}`);
  else if (command === 'drop-database') await query(maintenance, `DROP DATABASE ${name}`);
  else throw new Error(`schema-engine: unknown command ${command}`);
}
