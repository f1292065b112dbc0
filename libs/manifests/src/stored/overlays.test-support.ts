/** A Deployment with its ReplicaSets, a pod, and labels of its own. */
function deployment(namespace: string, name: string, app: string, ports = '[]'): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace}, labels: { team: ${name} } }
spec:
  selector: { matchLabels: { app: ${app} } }
  template: { metadata: { labels: { app: ${app} } }, spec: { containers: [{ name: c, ports: ${ports} }] } }
`;
}

function replicaSet(namespace: string, owner: string, hash: string, app: string): string {
  return `
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: ${owner}-${hash}
  namespace: ${namespace}
  labels: { app: ${app} }
  ownerReferences: [{ apiVersion: apps/v1, kind: Deployment, name: ${owner}, controller: true }]
spec: { selector: { matchLabels: { app: ${app} } }, template: { metadata: { labels: { app: ${app}, pod-template-hash: "${hash}" } }, spec: { containers: [] } } }
`;
}

interface PodText {
  readonly namespace: string;
  readonly name: string;
  readonly labels: string;
  readonly owner?: string;
  readonly spec?: string;
  readonly status?: string;
}

function pod({
  namespace,
  name,
  labels,
  owner,
  spec = 'containers: []',
  status = '',
}: PodText): string {
  const [kind, ownerName] = owner?.split('/') ?? [];
  const apiVersion =
    kind === 'Job' ? 'batch/v1' : kind === 'Rollout' ? 'argoproj.io/v1' : 'apps/v1';
  const owners = `[{ apiVersion: ${apiVersion}, kind: ${kind ?? ''}, name: ${ownerName ?? ''}, controller: true }]`;
  return `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} }${owner === undefined ? '' : `, ownerReferences: ${owners}`} }
spec: { ${spec} }
${status === '' ? '' : `status: { ${status} }`}
`;
}

const job = (name: string, owner: string | null): string => `
apiVersion: batch/v1
kind: Job
metadata: { name: ${name}, namespace: data${owner === null ? '' : `, ownerReferences: [{ apiVersion: batch/v1, kind: CronJob, name: ${owner}, controller: true }]`} }
spec: { template: { metadata: { labels: { job: ${name} } }, spec: { containers: [] } } }
`;

const policy = (namespace: string, name: string, spec: string, labels = 'team: web'): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace}, labels: { ${labels} } }
spec: ${spec}
`;

const node = (name: string, cidr: string): string => `
apiVersion: v1
kind: Node
metadata: { name: ${name}, labels: { zone: a } }
spec: { podCIDRs: [${cidr}] }
status: { addresses: [{ type: InternalIP, address: 10.9.0.${name.length} }] }
`;

const serviceCidr = (name: string, cidr: string): string => `
apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata: { name: ${name} }
spec: { cidrs: [${cidr}] }
`;

const service = (name: string, selector: string, ports = '[{ port: 80 }]'): string => `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: edge, labels: { team: web } }
spec: { ${selector === '' ? '' : `selector: { ${selector} }, `}ports: ${ports} }
`;

const slice = (name: string, of: string, ip: string, manager = ''): string => `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${name}, namespace: edge, labels: { kubernetes.io/service-name: ${of}${manager === '' ? '' : `, endpointslice.kubernetes.io/managed-by: ${manager}`} } }
addressType: IPv4
ports: [{ port: 8080 }]
endpoints: [{ addresses: [${ip}] }]
`;

const endpoints = (name: string, ip: string): string => `
apiVersion: v1
kind: Endpoints
metadata: { name: ${name}, namespace: edge }
subsets: [{ addresses: [{ ip: ${ip} }], ports: [{ port: 9090 }] }]
`;

const adminPolicy = (name: string, priority: number): string => `
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: ${name}, labels: { team: web } }
spec:
  priority: ${priority}
  subject: { namespaces: { matchLabels: { team: web } } }
  ingress:
    - { name: guard, action: Deny, from: [{ namespaces: {} }] }
`;

const ROUTING = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: front, namespace: edge, labels: { team: web } }
spec: { parentRefs: [{ name: gate }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: gate, namespace: edge }
spec: { gatewayClassName: any, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: gate, namespace: edge }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }], to: [{ group: "", kind: Service }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: front, namespace: edge }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;

/** A cluster with what overlays have to do with: owners, templates, host networks, Services, routes, nodes, admin policies. */
export const DUMP = [
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { team: web } }\n',
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: edge, labels: { kubernetes.io/metadata.name: other } }\n',
  deployment('shop', 'web', 'web', '[{ containerPort: 8080, name: http }]'),
  replicaSet('shop', 'web', '7d9', 'web'),
  replicaSet('shop', 'web', 'old', 'web'),
  pod({
    namespace: 'shop',
    name: 'web-7d9-a',
    labels: 'app: web, pod-template-hash: 7d9',
    owner: 'ReplicaSet/web-7d9',
    status: 'phase: Running, podIPs: [{ ip: 10.1.0.4 }, { ip: "fd00::4" }]',
    spec: 'nodeName: n1, containers: [{ name: c, ports: [{ containerPort: 8080, name: http }] }]',
  }),
  pod({
    namespace: 'shop',
    name: 'web-7d9-b',
    labels: 'app: web, pod-template-hash: 7d9',
    owner: 'ReplicaSet/web-7d9',
  }),
  // Its ReplicaSet is not there.
  deployment('shop', 'cart', 'cart'),
  pod({
    namespace: 'shop',
    name: 'cart-1-a',
    labels: 'app: cart, pod-template-hash: "1"',
    owner: 'ReplicaSet/cart-1',
  }),
  // A template stands for it.
  deployment('shop', 'idle', 'idle'),
  // Its Deployment is not there.
  replicaSet('shop', 'lost', '5', 'lost'),
  pod({ namespace: 'shop', name: 'lost-5-a', labels: 'app: lost', owner: 'ReplicaSet/lost-5' }),
  // Of a kind that is not read, and of none.
  pod({ namespace: 'shop', name: 'roll-a', labels: 'app: roll', owner: 'Rollout/roll' }),
  pod({ namespace: 'shop', name: 'alone', labels: 'team: web, "1": one, "0": nil' }),
  pod({
    namespace: 'shop',
    name: 'host',
    labels: 'app: host',
    spec: 'hostNetwork: true, nodeName: n1, containers: []',
  }),
  policy(
    'shop',
    'web',
    '{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: {} }], ports: [{ port: http }] }] }',
  ),
  policy('shop', 'deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }', 'team: ops'),
  // A namespace that nothing declares.
  'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: nightly, namespace: data }\nspec: { jobTemplate: { spec: { template: { metadata: { labels: { job: nightly } }, spec: { containers: [] } } } } }\n',
  job('nightly-1', 'nightly'),
  pod({
    namespace: 'data',
    name: 'nightly-1-x',
    labels: 'job: nightly',
    owner: 'Job/nightly-1',
    status: 'phase: Succeeded',
  }),
  job('once', null),
  pod({
    namespace: 'data',
    name: 'once-x',
    labels: 'job: once',
    owner: 'Job/once',
    status: 'phase: Failed',
  }),
  'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db, namespace: data, labels: { team: web } }\nspec: { selector: { matchLabels: { app: db } }, template: { metadata: { labels: { app: db } }, spec: { containers: [] } } }\n',
  'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: aws-node, namespace: kube-system }\nspec: { selector: { matchLabels: { k: aws } }, template: { metadata: { labels: { k: aws } }, spec: { hostNetwork: true, containers: [{ name: aws-node }, { name: aws-eks-nodeagent }] } } }\n',
  policy(
    'data',
    'db',
    '{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }] }] }',
  ),
  service('web', 'app: web'),
  slice('web-1', 'web', '10.1.0.4', 'endpointslice-controller.k8s.io'),
  service('bare', ''),
  slice('bare-1', 'bare', '192.0.2.1'),
  slice('bare-2', 'bare', '192.0.2.2'),
  slice('orphan-1', 'orphan', '192.0.2.3'),
  service('old', ''),
  endpoints('old', '192.0.2.9'),
  ROUTING,
  node('n1', '10.1.0.0/24'),
  node('n22', '10.1.1.0/24'),
  serviceCidr('kubernetes', '10.96.0.0/16'),
  serviceCidr('more', '10.97.0.0/16'),
  adminPolicy('guard', 10),
  'apiVersion: policy.networking.k8s.io/v1alpha1\nkind: BaselineAdminNetworkPolicy\nmetadata: { name: default }\nspec: { subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] }\n',
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: ciliumnetworkpolicies.cilium.io }\nspec: {}\n',
  'kind: Broken\n',
].join('---\n');

/** Changes to it, by what they are about. */
export const OVERLAYS: Readonly<Record<string, string>> = {
  nothing: '',
  'a policy': policy('shop', 'web', '{ podSelector: {}, ingress: [{}] }'),
  'the same template again': deployment(
    'shop',
    'web',
    'web',
    '[{ containerPort: 8080, name: http }]',
  ),
  'another template': deployment('shop', 'web', 'new'),
  'a Deployment that only pods told of': deployment('shop', 'lost', 'lost'),
  'other templates everywhere': [
    deployment('shop', 'cart', 'c2'),
    deployment('shop', 'idle', 'i2'),
    deployment('shop', 'web', 'w2'),
  ].join('---'),
  'a ReplicaSet with another template': replicaSet('shop', 'web', '7d9', 'other'),
  'the same ReplicaSet': replicaSet('shop', 'web', '7d9', 'web'),
  'a pod of a stored ReplicaSet': pod({
    namespace: 'shop',
    name: 'web-7d9-c',
    labels: 'app: web, pod-template-hash: 7d9',
    owner: 'ReplicaSet/web-7d9',
  }),
  'pods that are there': [
    pod({ namespace: 'shop', name: 'alone', labels: 'app: web' }),
    pod({ namespace: 'shop', name: 'web-7d9-a', labels: 'app: x' }),
  ].join('---'),
  'a job': job('nightly-1', null),
  'a cron job':
    'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: nightly, namespace: data }\nspec: { jobTemplate: { spec: { template: { metadata: { labels: { job: other } }, spec: { containers: [] } } } } }\n',
  'a namespace':
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: data, labels: { team: web } }\n',
  'a new namespace': [
    policy('fresh', 'p', '{ podSelector: {} }'),
    deployment('fresh', 'app', 'app'),
  ].join('---'),
  'a node': node('n1', '10.1.9.0/24'),
  'a ServiceCIDR': serviceCidr('more', '10.99.0.0/16'),
  'an admin policy': adminPolicy('guard', 20),
  'another admin policy': adminPolicy('also', 5),
  'a Service of orphans': service('orphan', ''),
  'a Service that gets a selector': service('bare', 'app: web'),
  'a Service that loses its selector': service('web', ''),
  'an EndpointSlice': slice('bare-1', 'bare', '192.0.2.77'),
  'an EndpointSlice beside Endpoints': slice('old-1', 'old', '192.0.2.78'),
  'a route': ROUTING.replace('port: 80 }] }] }', 'port: 81 }] }] }'),
  'something broken':
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: bad, namespace: shop }\nspec: { podSelektor: {} }\n',
};
