import {
  type Detection,
  formatSelector,
  matchesSelector,
  NAMESPACE_NAME_LABEL,
  type WorkloadSelector,
} from '@portolan/model';
import type { ClusterSigns, SignWorkload } from './cluster-signs.js';
import { KNOWN_CONTROLLERS, type KnownController } from './known-controllers.js';

/** Pods by which requests from outside come in. */
export function detectIngressControllers(signs: ClusterSigns): Detection[] {
  const labels = signs.workloads.map((workload) => new Map(Object.entries(workload.labels)));
  const found = KNOWN_CONTROLLERS.flatMap((controller) => {
    const workload = signs.workloads.find((_, i) => matchesSelector(labels[i]!, controller.pods));
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

function selectorOf({ pods }: KnownController, { namespace }: SignWorkload): WorkloadSelector {
  return {
    namespaces: formatSelector([
      { key: NAMESPACE_NAME_LABEL, operator: 'In', values: [namespace] },
    ]),
    pods: formatSelector(pods),
  };
}
