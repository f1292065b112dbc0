import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { LISTED_KINDS } from './listed-kinds.js';

/** An object as an API server gives it. */
export type ApiObject = Readonly<Record<string, unknown>>;
/** Answers a request in place of the server. */
export type Misbehaviour = (response: ServerResponse, request: IncomingMessage) => void;

/** The credentials that it takes. */
export const TOKEN = 'the-token-of-the-cluster';

/** Names of the kinds that every server has; the others are of no interest to who lists them. */
const KIND_NAMES: Readonly<Record<string, string>> = {
  customresourcedefinitions: 'CustomResourceDefinition',
  namespaces: 'Namespace',
  nodes: 'Node',
  pods: 'Pod',
  services: 'Service',
  replicationcontrollers: 'ReplicationController',
  deployments: 'Deployment',
  replicasets: 'ReplicaSet',
  statefulsets: 'StatefulSet',
  daemonsets: 'DaemonSet',
  jobs: 'Job',
  cronjobs: 'CronJob',
  endpointslices: 'EndpointSlice',
  ingresses: 'Ingress',
  networkpolicies: 'NetworkPolicy',
};

interface Collection {
  readonly apiVersion: string;
  readonly plural: string;
  readonly kind: string;
  readonly items: readonly ApiObject[];
}

/** An HTTP server that plays an API server: discovery and lists in pages, and everything that can go wrong. */
export class FakeApiServer {
  /** Addresses that were asked for, with their queries. */
  readonly asked: string[] = [];
  readonly #collections = new Map<string, Collection>();
  readonly #misbehaviours = new Map<string, { times: number; act: Misbehaviour }>();

  private constructor(
    private readonly server: Server,
    private readonly certificate: string | null,
  ) {}

  /** With all built-in kinds, and no objects; encrypted when there is a certificate, which the kubeconfig then trusts. */
  static async start(
    secure: { readonly key: string; readonly cert: string } | null = null,
  ): Promise<FakeApiServer> {
    const server = secure === null ? createServer() : createSecureServer(secure);
    const fake = new FakeApiServer(server, secure?.cert ?? null);
    server.on('request', (request, response) => fake.#answer(request, response));
    for (const { group, plural, isBuiltIn } of LISTED_KINDS)
      if (isBuiltIn) fake.serve(group, 'v1', plural, KIND_NAMES[plural] ?? plural, []);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return fake;
  }

  get url(): string {
    const scheme = this.certificate === null ? 'http' : 'https';
    return `${scheme}://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** A kubeconfig for it, as YAML (which JSON is). */
  get kubeconfig(): string {
    const [name, token] = ['fake', TOKEN];
    const trust =
      this.certificate === null
        ? { 'insecure-skip-tls-verify': true }
        : { 'certificate-authority-data': Buffer.from(this.certificate).toString('base64') };
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server: this.url, ...trust } }],
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  serve(
    group: string,
    version: string,
    plural: string,
    kind: string,
    items: readonly ApiObject[],
  ): void {
    const apiVersion = group === '' ? version : `${group}/${version}`;
    this.#collections.set(pathOf(apiVersion, plural), { apiVersion, plural, kind, items });
  }

  /** A kind is gone, or was never there. */
  remove(path: string): void {
    this.#collections.delete(path);
  }

  /** The next requests for this path (and query, when it has one) are answered like this. */
  misbehave(path: string, act: Misbehaviour, times = 1): void {
    this.#misbehaviours.set(path, { times, act });
  }

  forbid(path: string): void {
    this.misbehave(path, status(403), Infinity);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const address = request.url ?? '';
    this.asked.push(address);
    const { pathname, searchParams } = new URL(address, this.url);
    const fault = this.#misbehaviours.get(address) ?? this.#misbehaviours.get(pathname);
    if (fault !== undefined && fault.times > 0) {
      fault.times--;
      fault.act(response, request);
    } else if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      status(401)(response, request);
    } else {
      const value = this.#discovery(pathname) ?? this.#page(pathname, searchParams);
      if (value === null) status(404)(response, request);
      else json(value)(response, request);
    }
  }

  #discovery(path: string): object | null {
    const all = [...this.#collections.values()];
    if (path === '/apis') {
      const versions = new Set(all.map(({ apiVersion }) => apiVersion));
      const groups = [...versions]
        .filter((version) => version.includes('/'))
        .map((groupVersion) => ({
          name: groupVersion.split('/')[0],
          versions: [{ groupVersion }],
          preferredVersion: { groupVersion },
        }));
      return { kind: 'APIGroupList', groups };
    }
    const resources = all
      .filter(({ apiVersion }) => pathOf(apiVersion, '') === `${path}/`)
      .map(({ plural, kind }) => ({ name: plural, kind, verbs: ['get', 'list'] }));
    return resources.length === 0 ? null : { kind: 'APIResourceList', resources };
  }

  #page(path: string, query: URLSearchParams): object | null {
    const collection = this.#collections.get(path);
    if (collection === undefined) return null;
    const { apiVersion, kind, items } = collection;
    const from = Number(query.get('continue') ?? 0);
    const to = from + Number(query.get('limit') ?? items.length);
    const metadata = to < items.length ? { continue: String(to) } : {};
    // As Go writes an empty list.
    const page = items.length === 0 ? null : items.slice(from, to);
    return { apiVersion, kind: `${kind}List`, metadata, items: page };
  }
}

function pathOf(apiVersion: string, plural: string): string {
  return `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}/${plural}`;
}

/** An answer with a Status for its body. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Misbehaviour {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ kind: 'Status', code }));
  };
}

/** An answer that is this value. */
export function json(value: unknown): Misbehaviour {
  return text(JSON.stringify(value));
}

/** An answer that is this text. */
export function text(body: string): Misbehaviour {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(body);
  };
}

/** An answer whose connection ends in the middle of it. */
export function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"items": [', () => response.destroy());
}

/** An answer that begins, and never ends. */
export function neverEnd(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"items": [');
}
