import fc from 'fast-check';
import { arbitraryPodLabels, NAMESPACES } from './arbitrary-labels.js';
import { PORT_NAMES, PORT_NUMBERS, PORT_PROTOCOLS } from './arbitrary-policy.js';
import type { KubernetesObject, Labels } from './kubernetes.js';

interface ServicePlan {
  readonly namespace: string;
  readonly selector: Labels;
  readonly clusterIP: string | undefined;
  readonly ports: readonly object[];
}

const arbitraryPlan: fc.Arbitrary<ServicePlan> = fc.record({
  namespace: fc.constantFrom(...NAMESPACES, 'shop'),
  selector: arbitraryPodLabels.filter((labels) => Object.keys(labels).length > 0),
  clusterIP: fc.constantFrom(undefined, undefined, undefined, 'None'),
  ports: fc
    .uniqueArray(
      fc.record({
        port: fc.constantFrom(...PORT_NUMBERS),
        protocol: fc.constantFrom(...PORT_PROTOCOLS, 'TCP', undefined),
        targetPort: fc.constantFrom(...PORT_NUMBERS, ...PORT_NAMES, ...PORT_NAMES, undefined),
      }),
      {
        minLength: 1,
        maxLength: 3,
        selector: ({ port, protocol }) => `${protocol ?? 'TCP'} ${String(port)}`,
      },
    )
    .map((ports) => ports.map((port, i) => ({ name: `p${String(i)}`, ...port }))),
});

/** Services over the pods of a generated cluster. */
export const arbitraryServices: fc.Arbitrary<KubernetesObject[]> = fc
  .array(arbitraryPlan, { minLength: 1, maxLength: 3 })
  .map((plans) =>
    plans.map(({ namespace, ...spec }, i) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: `service-${String(i)}`, namespace },
      spec,
    })),
  );
