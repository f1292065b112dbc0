#!/usr/bin/env node
/**
 * Prisma's schema engine from npm instead of from a download.
 *
 * The Prisma CLI starts the program that PRISMA_SCHEMA_ENGINE_BINARY names (see prisma.config.ts) and
 * speaks line-delimited JSON-RPC with it. This one answers with the WebAssembly build of the same engine,
 * which reaches PostgreSQL through @prisma/adapter-pg. Only PostgreSQL is supported.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { adapterFactory, administer } from './schema-engine/database.mjs';

const packageFolder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
const args = process.argv.slice(2);
const valuesOf = (option) => args.filter((_, i) => args[i - 1] === option);
const send = (message) =>
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

function printVersion() {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  console.log(`schema-engine-wasm ${version}`);
}

/** `schema-engine cli <command>`: whether there is a database, before anything is asked of it. */
async function runCommand(command, url) {
  try {
    await administer(command, url);
  } catch (error) {
    const fields = {
      is_panic: false,
      message: error.message || String(error.code),
      // Unknown database, or no server at all: the CLI offers to create the former.
      error_code: error.code === '3D000' ? 'P1003' : 'P1001',
    };
    // The CLI reads its error from the last line of this log.
    const line = JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields });
    process.stderr.write(`\n${line}`);
    process.exitCode = 1;
  }
}

async function createEngine(datasource) {
  const wasm = readFileSync(join(packageFolder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();

  const log = (line) => process.env.DEBUG && process.stderr.write(`${line}\n`);
  const datamodels = valuesOf('--datamodels').map((file) => [file, readFileSync(file, 'utf8')]);
  return bindings.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    log,
    bindMigrationAwareSqlAdapterFactory(adapterFactory(datasource)),
  );
}

let panicMessage = 'no message';
let pendingId = null;

/** A panic comes out of WebAssembly as an exception that nobody awaits; without an answer the CLI would call it success. */
function reportPanics() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panicMessage = message) };
  process.on('uncaughtException', (error) => {
    const message = `${error.message}: ${panicMessage}`;
    send({ id: pendingId, error: { code: 4466, message, data: { is_panic: true, message } } });
    process.exitCode = 101;
  });
}

async function answer(engine, { id, method, params }) {
  // Without a method it is the CLI's receipt for a `print` of ours.
  if (!method) return;
  pendingId = id;
  try {
    // The one method whose name differs between the two builds.
    const name = method === 'getDatabaseVersion' ? 'version' : method;
    const result = (await engine[name](params ?? {})) ?? {};
    // The native engine prints a diff itself; the WebAssembly build hands it back.
    if (method === 'diff' && result.stdout) {
      send({ id: `print-${id}`, method: 'print', params: { content: result.stdout } });
    }
    send({ id, result });
  } catch (error) {
    const message = String(error?.message ?? error);
    const isPanic = error instanceof WebAssembly.RuntimeError;
    const data = { is_panic: isPanic, message, error_code: error?.code, meta: error?.meta };
    send({ id, error: { code: 4466, message, data } });
  }
}

async function serve(datasource) {
  reportPanics();
  const engine = await createEngine(datasource);
  for await (const line of createInterface({ input: process.stdin })) {
    await answer(engine, JSON.parse(line));
  }
  // The engine keeps its connection open, and has no method to close it.
  process.exit(0);
}

const datasource = JSON.parse(valuesOf('--datasource')[0] ?? '{}');
if (args[0] === '--version') printVersion();
else if (args.includes('cli')) await runCommand(valuesOf('cli')[0], datasource.url);
else await serve(datasource);
