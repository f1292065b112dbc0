import { KubeConfig } from '@kubernetes/client-node';
import { ApiServer } from './api-server.js';
import { ListingError } from './listing-error.js';

/** Where the API server and the credentials are said. */
export type ClusterAccess =
  /** Those of the pod that this runs in. */
  | { readonly from: 'pod' }
  /** A kubeconfig: `file` null = where kubectl looks for it; `context` null = its current one. */
  | { readonly from: 'kubeconfig'; readonly file: string | null; readonly context: string | null };

/**
 * Reads where a cluster is, and how to prove who we are. Nothing is asked yet.
 * @throws ListingError when that is not said, or not understood.
 */
export function openApiServer(access: ClusterAccess): ApiServer {
  const config = new KubeConfig();
  try {
    load(config, access);
  } catch (error) {
    throw new ListingError(`${nameOf(access)} cannot be read: ${reasonOf(error)}`);
  }
  if (access.from === 'kubeconfig' && access.context !== null) {
    if (config.getContextObject(access.context) === null)
      throw new ListingError(`${nameOf(access)} has no context "${access.context}".`);
    config.setCurrentContext(access.context);
  }
  const server = config.getCurrentCluster()?.server;
  if (server === undefined || !URL.canParse(server)) {
    throw new ListingError(
      access.from === 'pod'
        ? 'This runs in no pod of a cluster: KUBERNETES_SERVICE_HOST is not set.'
        : `${nameOf(access)} names no cluster: choose one of its contexts with --context.`,
    );
  }
  const { protocol } = new URL(server);
  if (protocol === 'http:' && config.getCurrentCluster()?.skipTLSVerify !== true) {
    throw new ListingError(
      `${server} is not encrypted: a kubeconfig says that this is meant with insecure-skip-tls-verify: true.`,
    );
  }
  return new ApiServer(server, config);
}

function load(config: KubeConfig, access: ClusterAccess): void {
  if (access.from === 'pod') config.loadFromCluster();
  else if (access.file === null) config.loadFromDefault();
  else config.loadFromFile(access.file);
}

function nameOf(access: ClusterAccess): string {
  if (access.from === 'pod') return 'The access of this pod';
  return access.file === null ? 'The default kubeconfig' : `The kubeconfig ${access.file}`;
}

/** Parsers quote what they stumble over, which may be a token: only their first words, or a code, are passed on. */
function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : 'it is not YAML, or no kubeconfig';
}
