import type { QueryServer } from './query-server.js';

const NAMESPACES = ['shop', 'lab']
  .map((name) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`)
  .join('---\n');

function deployment(namespace: string, name: string): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: main }] } } }
`;
}

/** A policy that selects nothing (NP201), unless it is for `web`. */
export function policy(name: string, app = 'cart', namespace = 'shop', annotation = ''): string {
  const annotations =
    annotation === '' ? '' : `, annotations: { portolan.dev/ignore: "${annotation}" }`;
  return `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace}${annotations} }
spec: { podSelector: { matchLabels: { app: ${app} } }, policyTypes: [Ingress] }
`;
}

/** A document of a kind that nothing knows, in the group of policies. */
const DAMAGED = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: broken, namespace: shop }
spec: { podSelektor: {} }
`;

/** Two workloads, of which one is published, and policies with mistakes: two equal ones, one in another namespace, a silenced one, an invalid one. */
export const SHOP =
  NAMESPACES +
  deployment('shop', 'web') +
  deployment('lab', 'tool') +
  `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
` +
  policy('one') +
  policy('two') +
  policy('three', 'cart', 'lab') +
  policy('silent', 'basket', 'shop', 'NP201=waits for the roll-out until 2099-01-31') +
  DAMAGED;

/** Stores manifests as a snapshot of a cluster that is there. */
export async function uploadAs(
  server: QueryServer,
  cluster: string,
  completeness: 'COMPLETE' | 'PARTIAL',
  content: string,
): Promise<string> {
  if (completeness === 'COMPLETE') return server.upload(cluster, 'shop.yaml', content);
  const { createSnapshot } = await server.data(
    `mutation ($input: CreateSnapshotInput!) {
      createSnapshot(input: $input) { snapshot { id } userErrors { message } }
    }`,
    {
      input: {
        cluster,
        completeness,
        manifests: { files: [{ path: 'shop.yaml', content }] },
        waitSeconds: 60,
      },
    },
  );
  return createSnapshot.snapshot.id as string;
}
