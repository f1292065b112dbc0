import { createGzip } from 'node:zlib';
import request from 'supertest';
import { pack } from 'tar-stream';
import { QueryServer } from './query-server.js';
import type { TestServerOptions } from './test-server.js';

/** A gzipped tar of files. */
export async function tarGz(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  const gzip = archive.pipe(createGzip());
  for await (const chunk of gzip) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What a review by REST is made of. */
export interface ReviewParts {
  readonly options: unknown;
  readonly base?: Readonly<Record<string, string>> | Buffer;
  readonly head: Readonly<Record<string, string>> | Buffer;
}

/** Sends a review by REST. */
export async function postReview(
  url: string,
  { options, base, head }: ReviewParts,
  headers: Readonly<Record<string, string>> = {},
): Promise<request.Response> {
  const archive = async (files: Readonly<Record<string, string>> | Buffer): Promise<Buffer> =>
    Buffer.isBuffer(files) ? files : tarGz(files);
  const text = typeof options === 'string' ? options : JSON.stringify(options);
  const asking = request(url).post('/v1/reviews').set(headers);
  void asking.field('options', text, { contentType: 'application/json' });
  if (base !== undefined) void asking.attach('base', await archive(base), ARCHIVE('base'));
  void asking.attach('head', await archive(head), ARCHIVE('head'));
  return asking.buffer(true).parse(collect);
}

const ARCHIVE = (name: string) => ({ filename: `${name}.tgz`, contentType: 'application/gzip' });

/** The body as text, whatever its type. */
function collect(
  response: request.Response,
  done: (error: Error | null, body: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
}

export async function startReviewServer(options: TestServerOptions = {}): Promise<QueryServer> {
  return QueryServer.start(options);
}

/** The state of a cluster: two shops' workloads and a database that only the checkout may reach. */
export const CLUSTER = ['shop', 'data', 'lab']
  .map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`)
  .concat(
    deployment('shop', 'web'),
    deployment('shop', 'checkout'),
    deployment('data', 'postgres'),
    deployment('lab', 'tool'),
    pod('data', 'postgres'),
  )
  .join('---\n');

function deployment(namespace: string, name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main }] } } }
`;
}

function pod(namespace: string, owner: string): string {
  return `apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: ${owner}-1, namespace: ${namespace}, ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: ${owner}, controller: true }] }
spec: { selector: { matchLabels: { app: ${owner} } }, template: { metadata: { labels: { app: ${owner} } }, spec: { containers: [{ name: main }] } } }
---
apiVersion: v1
kind: Pod
metadata: { name: ${owner}-1-a, namespace: ${namespace}, labels: { app: ${owner} }, ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: ${owner}-1, controller: true }] }
spec: { containers: [{ name: main }] }
`;
}

/** Lets the checkout reach the database. With the dash, everybody in the namespace shop, and every pod of app=checkout. */
export function databasePolicy({ dash }: { readonly dash: boolean }): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: postgres
  namespace: data
spec:
  podSelector: { matchLabels: { app: postgres } }
  ingress:
    - from:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: shop } }
        ${dash ? '- ' : '  '}podSelector: { matchLabels: { app: checkout } }
      ports: [{ port: 5432 }]
`;
}

/** Closes a namespace to everybody. */
export const CLOSED_LAB = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: closed, namespace: lab, labels: { app.kubernetes.io/instance: lab } }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;
