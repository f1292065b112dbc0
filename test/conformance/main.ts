import { parseArgs } from 'node:util';
import { askGraphql } from './ask-graphql.js';
import { readCases } from './conformance-case.js';
import { describeReport, runCases, type RunReport } from './run-cases.js';

const USAGE = `Usage: npm run conformance -- [options] FILE…

Asks a service about the cases of JSON files, and prints each answer that is not the expected one:
  [{ id, origin, resources: [Kubernetes objects], probes: [{ from, to, port, protocol, allowed }] }]
  from, to: { namespace, pod } or { ip }

  --url URL     ask the service at this address; by default one is started, with a database of its own
  --token TEXT  bearer token for the service
  --only ID     only this case
  --all         also cases with kinds that are not evaluated yet

Ends with 0 when all answers are right, 1 when one is wrong or no case was run, 2 when it could not ask.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    token: { type: 'string' },
    only: { type: 'string' },
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help || positionals.length === 0) {
  process.stdout.write(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  try {
    const report = await run(positionals);
    process.stdout.write(`${describeReport(report)}\n`);
    process.exitCode = report.failed === 0 && report.casesRun > 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

async function run(files: readonly string[]): Promise<RunReport> {
  const cases = await readCases(files);
  const service = await connect();
  try {
    const ask = await askGraphql(service.url, values.token ?? null);
    const options = { all: values.all, only: values.only ?? null };
    return await runCases(cases, options, ask, (line) => process.stdout.write(`${line}\n`));
  } finally {
    await service.stop();
  }
}

async function connect(): Promise<{ url: string; stop: () => Promise<void> }> {
  if (values.url !== undefined) return { url: values.url, stop: () => Promise.resolve() };
  // Only a service of our own needs all of it loaded.
  const { startService } = await import('./start-service.js');
  return startService();
}
