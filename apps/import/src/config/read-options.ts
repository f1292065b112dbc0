import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isToken, readServerAddress } from '@portolan/client';
import { type ClusterAccess, DEFAULT_LISTING_LIMITS } from '@portolan/live';
import { type ImportOptions, UsageError } from './import-options.js';

/** What `--help` prints. */
export const USAGE = `Usage: npm run import -- --cluster SLUG [options]

Lists a live Kubernetes cluster, and stores it in Portolan as a complete snapshot.

  --cluster SLUG        the cluster in Portolan, which exists already
  --server URL          address of Portolan (default http://127.0.0.1:3000)
  --kubeconfig FILE     instead of $KUBECONFIG or ~/.kube/config
  --context NAME        a context of the kubeconfig, instead of its current one
  --in-cluster          with the service account of the pod that this runs in
  --strict              store nothing when a kind may not be listed, or anything else is wrong
  --request-seconds N   longest time for one answer of the API server (default ${DEFAULT_LISTING_LIMITS.requestMs / 1000})
  --token-file FILE     the bearer token for Portolan; or set PORTOLAN_TOKEN or PORTOLAN_TOKEN_FILE

Ends with 0 when a snapshot is stored, 1 when none is, 2 when this command line cannot be used, 130 when it was interrupted.
`;

const OPTIONS = {
  cluster: { type: 'string' },
  server: { type: 'string', default: 'http://127.0.0.1:3000' },
  kubeconfig: { type: 'string' },
  context: { type: 'string' },
  'in-cluster': { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  'request-seconds': { type: 'string' },
  'token-file': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/**
 * Reads the command line and the environment; null = only help is wanted.
 * @throws UsageError
 */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ImportOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const { cluster } = values;
  if (cluster === undefined || cluster === '')
    throw new UsageError('--cluster is missing: which cluster of Portolan is it?');
  return {
    cluster,
    server: readServer(values.server),
    token: readToken(values['token-file'], environment),
    access: readAccess(values),
    isStrict: values.strict,
    requestMs: readSeconds(values['request-seconds']),
  };
}

function parse(args: readonly string[]): Values {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readServer(text: string): URL {
  const address = readServerAddress(text);
  if (!address.ok) throw new UsageError(`--server ${address.message}.`);
  return address.url;
}

function readAccess({ kubeconfig, context, ...rest }: Values): ClusterAccess {
  if (!rest['in-cluster'])
    return { from: 'kubeconfig', file: kubeconfig ?? null, context: context ?? null };
  if (kubeconfig !== undefined || context !== undefined)
    throw new UsageError('--in-cluster needs no --kubeconfig and no --context.');
  return { from: 'pod' };
}

function readToken(
  option: string | undefined,
  { PORTOLAN_TOKEN, PORTOLAN_TOKEN_FILE }: Readonly<Record<string, string | undefined>>,
): string | null {
  const file = option ?? given(PORTOLAN_TOKEN_FILE);
  const token = file === null ? given(PORTOLAN_TOKEN) : readTokenFile(file);
  if (token !== null && !isToken(token))
    throw new UsageError('The token for Portolan has characters that no token has (RFC 6750).');
  return token;
}

function readTokenFile(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { code = 'it cannot be read' } = error as NodeJS.ErrnoException;
    throw new UsageError(`The file with the token for Portolan, ${file}: ${code}`);
  }
}

function given(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

function readSeconds(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LISTING_LIMITS.requestMs;
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new UsageError('--request-seconds must be a whole number from 1 to 9999.');
  return Number(text) * 1000;
}
