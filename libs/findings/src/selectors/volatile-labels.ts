import type { LabelSelector, Requirement } from '@portolan/model';

/** How long the value of a label holds. */
export interface VolatileLabel {
  readonly requirement: Requirement;
  readonly changesWith: 'template' | 'release';
}

/** Set by controllers, anew for each version of a pod template or each object. */
const OF_TEMPLATE = new Set([
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
]);
/** Name a version. */
const OF_RELEASE = new Set(['helm.sh/chart', 'app.kubernetes.io/version']);
/** The older form of helm.sh/chart, where its value ends in a version: `redis-17.3.2`. */
const CHART = { key: 'chart', value: /-v?\d+\.\d+/ };

/** Requirements that a value be there which soon is another. `Exists` and negative ones go on to hold. */
export function volatileLabelsOf(selector: LabelSelector): VolatileLabel[] {
  return selector.flatMap((requirement): VolatileLabel[] => {
    const { key, operator, values } = requirement;
    if (operator !== 'In') return [];
    if (OF_TEMPLATE.has(key)) return [{ requirement, changesWith: 'template' }];
    const isChart = key === CHART.key && values.every((value) => CHART.value.test(value));
    return OF_RELEASE.has(key) || isChart ? [{ requirement, changesWith: 'release' }] : [];
  });
}
