import type { KubernetesObject } from './planned.js';

/** An object as an element of the list that `kubectl get -o yaml` writes. */
export function kubectlYamlItem(object: KubernetesObject): string {
  return listItem(asListed(object), '');
}

/** Objects as `kubectl get -o yaml` writes them, each a document: two spaces a level, lists at the level of their key. */
export function kubectlYaml(objects: Iterable<KubernetesObject>): string {
  const documents: string[] = [];
  for (const object of objects) documents.push(`---\n${mapping(asListed(object), '')}`);
  return documents.join('');
}

/** What the API server adds to a pod and no analysis needs: it is most of what a reader has to get past. */
export function asListed(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Pod') return object;
  const metadata = object.metadata as Record<string, unknown>;
  const spec = object.spec as { containers: Record<string, unknown>[] };
  const status = object.status as Record<string, unknown>;
  return {
    ...object,
    metadata: {
      annotations: {
        'example.io/config-hash': '9f86d081884c7d659a2feaa0c55ad015',
        'example.io/scrape': 'true',
      },
      creationTimestamp: '2026-01-01T00:00:00Z',
      generateName: 'app-',
      ...metadata,
      resourceVersion: '123456789',
      uid: '6f1d9c1e-4b4f-4d4e-9a53-0d0a5f6f8a11',
    },
    spec: {
      ...spec,
      containers: spec.containers.map((container) => ({ ...container, ...CONTAINER })),
      dnsPolicy: 'ClusterFirst',
      priority: 0,
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: { fsGroup: 65_534, runAsNonRoot: true, runAsUser: 65_534 },
      serviceAccountName: 'default',
      terminationGracePeriodSeconds: 30,
      tolerations: ['not-ready', 'unreachable'].map((key) => ({
        effect: 'NoExecute',
        key: `node.kubernetes.io/${key}`,
        operator: 'Exists',
        tolerationSeconds: 300,
      })),
      volumes: [
        {
          name: 'kube-api-access-x',
          projected: {
            defaultMode: 420,
            sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }],
          },
        },
      ],
    },
    status: {
      conditions: [
        'PodReadyToStartContainers',
        'Initialized',
        'Ready',
        'ContainersReady',
        'PodScheduled',
      ].map((type) => ({
        lastProbeTime: null,
        lastTransitionTime: '2026-01-01T00:00:05Z',
        status: 'True',
        type,
      })),
      containerStatuses: [
        {
          containerID:
            'containerd://4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945',
          name: 'main',
          ready: true,
          restartCount: 0,
          started: true,
        },
      ],
      hostIP: '10.0.0.1',
      qosClass: 'Burstable',
      startTime: '2026-01-01T00:00:00Z',
      ...status,
    },
  };
}

const CONTAINER = {
  args: ['--log-level=info', '--listen=:8080'],
  env: [
    { name: 'POD_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
    { name: 'MODE', value: 'cluster' },
  ],
  imagePullPolicy: 'IfNotPresent',
  livenessProbe: {
    failureThreshold: 3,
    httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' },
    periodSeconds: 10,
  },
  resources: { limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
  volumeMounts: [
    {
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      name: 'kube-api-access-x',
      readOnly: true,
    },
  ],
};

function mapping(value: Readonly<Record<string, unknown>>, indent: string): string {
  return Object.entries(value)
    .map(([key, item]) => `${indent}${key}:${node(item, indent)}`)
    .join('');
}

/** What follows a key or a dash, with the line's end. */
function node(value: unknown, indent: string): string {
  if (Array.isArray(value))
    return value.length === 0
      ? ' []\n'
      : `\n${value.map((item) => listItem(item, indent)).join('')}`;
  if (typeof value === 'object' && value !== null) {
    const text = mapping(value as Record<string, unknown>, `${indent}  `);
    return text === '' ? ' {}\n' : `\n${text}`;
  }
  return ` ${scalar(value)}\n`;
}

function listItem(item: unknown, indent: string): string {
  if (typeof item !== 'object' || item === null) return `${indent}- ${scalar(item)}\n`;
  const text = mapping(item as Record<string, unknown>, `${indent}  `);
  return text === '' ? `${indent}- {}\n` : `${indent}- ${text.slice(indent.length + 2)}`;
}

/** Quotes what would be read as something else than text. */
function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[A-Za-z][\w./@ -]*$/.test(value) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}
