import type { Detection, WorkloadSelector } from '@portolan/model';
import type { ClusterSigns } from './cluster-signs.js';
import { podsOf } from './detect-dns.js';

/** A controller by a label of its pods, and other labels that keep its helpers out. */
interface Controller {
  readonly name: string;
  readonly label: readonly [string, string];
  readonly also: readonly (readonly [string, string])[];
}

const CONTROLLERS: readonly Controller[] = [
  {
    name: 'ingress-nginx',
    label: ['app.kubernetes.io/name', 'ingress-nginx'],
    also: [['app.kubernetes.io/component', 'controller']],
  },
  { name: 'Traefik', label: ['app.kubernetes.io/name', 'traefik'], also: [] },
  {
    name: 'Contour',
    label: ['app.kubernetes.io/name', 'contour'],
    also: [['app.kubernetes.io/component', 'envoy']],
  },
  { name: 'the ingress gateway of Istio', label: ['istio', 'ingressgateway'], also: [] },
  {
    name: 'the router of OpenShift',
    label: ['ingresscontroller.operator.openshift.io/deployment-ingresscontroller', 'default'],
    also: [],
  },
  { name: 'Kong', label: ['app.kubernetes.io/name', 'kong'], also: [] },
  {
    name: 'the ingress controller of HAProxy',
    label: ['app.kubernetes.io/name', 'kubernetes-ingress'],
    also: [],
  },
];

/** Pods by which requests from outside come in. */
export function detectIngressControllers(signs: ClusterSigns): Detection[] {
  const found = CONTROLLERS.flatMap((controller) => {
    const workload = signs.workloads.find(({ labels }) =>
      [controller.label, ...controller.also].every(([key, value]) => labels[key] === value),
    );
    return workload === undefined ? [] : [{ controller, workload }];
  });
  const [first] = found;
  if (first === undefined) return [];
  return [
    {
      setting: 'ingressControllers',
      value: found.map(({ controller, workload }) => selectorOf(controller, workload)),
      reason: `pods with the labels of ${found.map(({ controller }) => controller.name).join(', ')}`,
      object: found.length === 1 ? first.workload.displayName : null,
      confidence: 'LIKELY',
    },
  ];
}

function selectorOf(
  { label, also }: Controller,
  workload: { readonly namespace: string },
): WorkloadSelector {
  const { namespaces, pods } = podsOf(workload, label);
  return { namespaces, pods: [pods, ...also.map(([key, value]) => `${key}=${value}`)].join(',') };
}
