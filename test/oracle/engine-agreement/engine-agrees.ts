import type { Analysis } from '@portolan/engine';
import { compareNamedPorts } from './compare-named-ports.js';
import { compareNetworks } from './compare-networks.js';
import { compareRows } from './compare-rows.js';
import { compareVerdicts } from './compare-verdicts.js';
import { same } from './disagreement.js';
import { type ExpectedAccess, keyOf } from '../expected-access.js';

/** Asks the engine everything that the oracle can answer about a cluster. Throws a Disagreement at the first difference. */
export function compareEngine(analysis: Analysis, expected: ExpectedAccess): void {
  comparePods(analysis, expected);
  compareRows(analysis, expected);
  compareNamedPorts(analysis, expected);
  compareVerdicts(analysis, expected);
  compareNetworks(analysis, expected);
}

/** Section 5: the same pods, under the same owners. */
function comparePods({ view }: Analysis, { cluster }: ExpectedAccess): void {
  const found = Array.from({ length: view.podCount }, (_, i) => view.pod(i))
    .filter(({ terminated }) => !terminated)
    .map(({ namespace, name, template, workload }) => {
      const owner = view.workload(workload);
      const kind = template ? 'template' : 'pod';
      return `${kind} ${view.namespaceName(namespace)}/${name} of ${owner.kindName} ${owner.name}`;
    });
  const wanted = cluster.pods.map(
    (pod) =>
      `${pod.template ? 'template' : 'pod'} ${keyOf(pod)} of ${pod.owner.kind} ${pod.owner.name}`,
  );
  same('pods', found, wanted);
}
