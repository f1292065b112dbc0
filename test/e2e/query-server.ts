import { readFileSync } from 'node:fs';
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.js';

/** What a GraphQL request gave back. */
export interface GraphqlAnswer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test asserts what is in it
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** What a failed question says about itself. */
export interface Refusal {
  readonly message: string;
  readonly code: unknown;
  readonly reason: unknown;
  readonly argument: unknown;
}

/** A running server to which manifests are uploaded and of which questions are asked. */
export class QueryServer {
  private constructor(readonly server: TestServer) {}

  static async start(options: TestServerOptions = {}): Promise<QueryServer> {
    const config = { isDemoWanted: false, ...options.config };
    return new QueryServer(await startTestServer({ ...options, config }));
  }

  get url(): string {
    return this.server.url;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  async ask(query: string, variables: object = {}): Promise<GraphqlAnswer> {
    return (await this.server.ask(query, variables)) as GraphqlAnswer;
  }

  /** The data of an answer without errors. */
  async data(query: string, variables: object = {}): Promise<GraphqlAnswer['data']> {
    const { data, errors } = await this.ask(query, variables);
    if (errors !== undefined) throw new Error(JSON.stringify(errors, null, 2));
    return data;
  }

  /** What a selection on a snapshot gives. */
  async snapshot(id: string, selection: string): Promise<GraphqlAnswer['data']> {
    return (await this.data(onSnapshot(selection), { id })).snapshot;
  }

  /** The one error that a selection on a snapshot gives. */
  async refusal(id: string, selection: string): Promise<Refusal> {
    const { errors = [] } = await this.ask(onSnapshot(selection), { id });
    const [error] = errors;
    if (error === undefined) throw new Error(`No error: ${selection}`);
    const { code, reason, argument } = error.extensions;
    return { message: error.message, code, reason, argument };
  }

  /** Stores manifests as a snapshot of a cluster (made when missing), and gives its id. */
  async upload(cluster: string, path: string, content: string): Promise<string> {
    await this.ask(CREATE_CLUSTER, { slug: cluster });
    const { createSnapshot } = await this.data(CREATE_SNAPSHOT, {
      input: {
        cluster,
        manifests: { files: [{ path, content }] },
        completeness: 'COMPLETE',
        waitSeconds: 60,
      },
    });
    if (createSnapshot.snapshot === null) throw new Error(JSON.stringify(createSnapshot));
    return createSnapshot.snapshot.id as string;
  }
}

const CREATE_CLUSTER = `mutation ($slug: String!) {
  createCluster(input: { slug: $slug }) { userErrors { code } }
}`;

const CREATE_SNAPSHOT = `mutation ($input: CreateSnapshotInput!) {
  createSnapshot(input: $input) { snapshot { id } userErrors { code message } }
}`;

function onSnapshot(selection: string): string {
  return `query ($id: ID!) { snapshot(ref: { id: $id }) { ${selection} } }`;
}

/** A manifest of this folder's fixtures. */
export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

/** The line (from 1) at which a text stands for the first time. */
export function lineOf(content: string, text: string): number {
  const at = content.indexOf(text);
  if (at < 0) throw new Error(`"${text}" is not there`);
  return content.slice(0, at).split('\n').length;
}
