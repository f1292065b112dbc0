import { randomUUID } from 'node:crypto';
import type { ConformanceEndpoint, ConformanceProbe } from './conformance-case.js';
import type { AskService } from './run-cases.js';

/** Questions in one request: what the service takes at most. */
const BATCH = 500;

const CREATE_CLUSTER = `mutation ($input: CreateClusterInput!) {
  createCluster(input: $input) { userErrors { code message } }
}`;

const CREATE_SNAPSHOT = `mutation ($input: CreateSnapshotInput!) {
  createSnapshot(input: $input) { snapshot { id } userErrors { code message } }
}`;

const CAN_REACH_MANY = `query ($id: ID!, $questions: [ReachabilityQuestionInput!]!) {
  snapshot(ref: { id: $id }) { canReachMany(questions: $questions) { verdict } }
}`;

interface UserErrors {
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

/**
 * Asks a service over GraphQL as any client would: each case is a snapshot of one cluster made for the run.
 * @throws when the service does not answer, or does not take the objects.
 */
export async function askGraphql(url: string, token: string | null): Promise<AskService> {
  const service = new GraphqlClient(new URL('/graphql', url), token);
  const cluster = `conformance-${randomUUID().slice(0, 8)}`;
  const { createCluster } = await service.request<{ createCluster: UserErrors }>(CREATE_CLUSTER, {
    input: { slug: cluster },
  });
  refuseErrors(createCluster);
  return async (resources, probes) => {
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: resources });
    const { createSnapshot } = await service.request<{
      createSnapshot: UserErrors & { snapshot: { id: string } | null };
    }>(CREATE_SNAPSHOT, {
      input: { cluster, manifests: { text }, completeness: 'COMPLETE', waitSeconds: 30 },
    });
    refuseErrors(createSnapshot);
    if (createSnapshot.snapshot === null) throw new Error('the snapshot is not ready in time');
    const { id } = createSnapshot.snapshot;
    const verdicts: string[] = [];
    for (let start = 0; start < probes.length; start += BATCH) {
      const questions = probes.slice(start, start + BATCH).map(questionOf);
      const { snapshot } = await service.request<{
        snapshot: { canReachMany: { verdict: string }[] };
      }>(CAN_REACH_MANY, { id, questions });
      verdicts.push(...snapshot.canReachMany.map(({ verdict }) => verdict));
    }
    return verdicts;
  };
}

class GraphqlClient {
  constructor(
    private readonly url: URL,
    private readonly token: string | null,
  ) {}

  async request<Data>(query: string, variables: object): Promise<Data> {
    const response = await this.#post(JSON.stringify({ query, variables }));
    const text = await response.text();
    const answer = parseAnswer<Data>(text);
    if (answer.data === undefined || answer.data === null || answer.errors !== undefined)
      throw new Error(`${this.url.href} answers ${response.status}: ${text.slice(0, 2000)}`);
    return answer.data;
  }

  async #post(body: string): Promise<Response> {
    const authorization: Record<string, string> =
      this.token === null ? {} : { authorization: `Bearer ${this.token}` };
    const headers = { 'content-type': 'application/json', ...authorization };
    try {
      return await fetch(this.url, { method: 'POST', headers, body });
    } catch (error) {
      // What went wrong stands in the cause only.
      const reason = error instanceof Error ? (error.cause ?? error) : error;
      throw new Error(`${this.url.href} does not answer: ${String(reason)}`, { cause: error });
    }
  }
}

interface GraphqlAnswer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly unknown[];
}

function parseAnswer<Data>(text: string): GraphqlAnswer<Data> {
  try {
    return JSON.parse(text) as GraphqlAnswer<Data>;
  } catch {
    return {};
  }
}

function refuseErrors({ userErrors }: UserErrors): void {
  if (userErrors.length === 0) return;
  throw new Error(userErrors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
}

function questionOf({ from, to, protocol, port }: ConformanceProbe): object {
  return { from: endpointOf(from), to: endpointOf(to), traffic: { protocol, port } };
}

function endpointOf(endpoint: ConformanceEndpoint): object {
  if (!('ip' in endpoint)) return { pod: { namespace: endpoint.namespace, name: endpoint.pod } };
  const { ip } = endpoint;
  return { cidr: `${ip}/${ip.includes(':') ? 128 : 32}` };
}
