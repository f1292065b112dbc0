import { canReach } from '@portolan/engine';
import { PROTOCOLS } from '@portolan/model';
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { analyseObjects } from '../support/analyse.js';
import { arbitraryCluster } from './arbitrary-cluster.js';
import { PORT_NUMBERS } from './arbitrary-policy.js';
import { arbitraryServices } from './arbitrary-services.js';
import { readCluster } from './cluster.js';
import { selectionOf } from './engine-agreement/ask-engine.js';
import { same } from './engine-agreement/disagreement.js';
import { endpointName } from './engine-agreement/names.js';
import { checkGenerated, runCount, seed, showObjects, timeFor } from './generated-runs.js';
import type { KubernetesObject } from './kubernetes.js';
import { allowedToService } from './services.js';
import { nameOf, namespaceOf } from './workloads.js';

const RUNS = runCount(200);
const arbitraryObjects = fc
  .tuple(arbitraryCluster, arbitraryServices)
  .map(([cluster, services]) => [...cluster, ...services]);

describe(`engine and oracle on ${RUNS} clusters with Services (PORTOLAN_ORACLE_SEED=${seed()})`, () => {
  it(
    'agree on every pod, Service and port',
    async () => {
      await checkGenerated(arbitraryObjects, { runs: RUNS, seed: seed() }, showObjects, compare);
    },
    timeFor(RUNS),
  );
});

async function compare(objects: KubernetesObject[]): Promise<void> {
  const { analysis } = await analyseObjects(objects);
  const cluster = readCluster(objects);
  for (const service of objects.filter(({ kind }) => kind === 'Service')) {
    const named = { namespace: namespaceOf(service), name: nameOf(service) };
    for (const source of cluster.pods)
      for (const protocol of PROTOCOLS)
        for (const port of PORT_NUMBERS) {
          const wanted = allowedToService(objects, cluster, source, named, protocol, port);
          const asked = canReach(analysis, {
            from: selectionOf(source),
            to: { kind: 'service', ...named },
            traffic: { protocol, port, endPort: null, portName: null },
            isEnforced: true,
          });
          const found = asked.ok ? asked.answer.verdict : asked.problem.code;
          const what = `${endpointName(source)} → Service ${named.namespace}/${named.name} ${protocol} ${String(port)}`;
          same(what, found, wanted);
        }
  }
}
