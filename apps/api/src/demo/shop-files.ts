/** A file of the demo cluster. */
export interface DemoFile {
  readonly path: string;
  readonly content: string;
}

const NAMESPACES = `apiVersion: v1
kind: Namespace
metadata:
  name: gateway
  labels: { team: platform }
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels: { team: shop }
---
apiVersion: v1
kind: Namespace
metadata:
  name: data
  labels: { team: data }
---
apiVersion: v1
kind: Namespace
metadata:
  name: monitoring
  labels: { team: platform }
`;

/** The part of a workload that the analysis reads: its pods' labels and ports. */
function deployment(
  namespace: string,
  name: string,
  ports: Readonly<Record<string, number>>,
): string {
  const list = Object.entries(ports).map(
    ([port, number]) => `            - { name: ${port}, containerPort: ${number} }`,
  );
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: ${name}
          image: registry.example/${name}:1.4
          ports:
${list.join('\n')}
`;
}

const WORKLOADS = [
  deployment('gateway', 'edge', { https: 8443, metrics: 9090 }),
  deployment('shop', 'web', { http: 8080, metrics: 9090 }),
  deployment('shop', 'cart', { grpc: 7070, metrics: 9090 }),
  deployment('shop', 'checkout', { grpc: 7080, metrics: 9191 }),
  deployment('data', 'postgres', { sql: 5432 }),
  deployment('data', 'redis', { redis: 6379 }),
  deployment('monitoring', 'prometheus', { web: 9090 }),
].join('---\n');

const SHOP_POLICIES = `# Nobody may come in, except as the policies below say.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: shop
spec:
  podSelector: {}
  policyTypes: [Ingress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web-from-gateway
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: web }
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: gateway }
          podSelector:
            matchLabels: { app: edge }
      ports:
        - port: http
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: cart-from-web
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: cart }
  ingress:
    - from:
        - podSelector:
            matchLabels: { app: web }
      ports:
        - port: grpc
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: checkout-from-web
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: checkout }
  ingress:
    - from:
        - podSelector:
            matchLabels: { app: web }
      ports:
        - port: grpc
---
# The same name is another number on checkout.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: metrics
  namespace: shop
spec:
  podSelector: {}
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: monitoring }
      ports:
        - port: metrics
---
# Payments leave the cluster, and nothing else of checkout does.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: checkout-egress
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: checkout }
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: data }
      ports:
        - port: 5432
    - to:
        - ipBlock:
            cidr: 203.0.113.0/24
            except: [203.0.113.128/25]
      ports:
        - port: 443
`;

const DATA_POLICIES = `# Meant: only checkout of the namespace shop. But the dash before podSelector makes two peers of it: every pod of shop,
# and every pod of data with app=checkout.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: postgres-from-checkout
  namespace: data
spec:
  podSelector:
    matchLabels: { app: postgres }
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: shop }
        - podSelector:
            matchLabels: { app: checkout }
      ports:
        - port: 5432
---
# Meant: cart. A typing error: nobody gets in.
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: redis-from-cart
  namespace: data
spec:
  podSelector:
    matchLabels: { app: redis }
  ingress:
    - from:
        - namespaceSelector:
            matchLabels: { kubernetes.io/metadata.name: shop }
          podSelector:
            matchLabels: { app: crat }
      ports:
        - port: 6379
`;

/** An invented shop, with two mistakes in data/policies.yaml that its comments tell of. */
export const SHOP_FILES: readonly DemoFile[] = [
  { path: 'namespaces.yaml', content: NAMESPACES },
  { path: 'workloads.yaml', content: WORKLOADS },
  { path: 'shop/policies.yaml', content: SHOP_POLICIES },
  { path: 'data/policies.yaml', content: DATA_POLICIES },
];
