import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { OR_INSTEAD_OF_AND } from './np206-or-instead-of-and.js';

const CLUSTER =
  namespace('shop') +
  deployment('shop', 'web') +
  namespace('ops', 'team: ops') +
  deployment('ops', 'prometheus') +
  deployment('ops', 'jumphost');
const NAMESPACES = 'namespaceSelector: { matchLabels: { team: ops } }';
const PODS = 'podSelector: { matchLabels: { app: prometheus } }';
const from = (...peers: string[]): string =>
  CLUSTER +
  policy(
    'shop',
    'web',
    `podSelector: { matchLabels: { app: web } }, ingress: [{ from: [${peers.map((peer) => `{ ${peer} }`).join()}] }]`,
  );

describe('NP206', () => {
  it('finds two items where one was meant, in either order', async () => {
    for (const manifests of [from(NAMESPACES, PODS), from(PODS, NAMESPACES)]) {
      const found = await findingsOf(OR_INSTEAD_OF_AND, manifests);
      expect(found).toMatchObject([{ severity: 'HIGH', confidence: 'LIKELY' }]);
      expect(found[0]!.message).toContain('1 more workload.');
    }
  });

  it('is silent of one item, and of pods that live here and not there', async () => {
    expect(await findingsOf(OR_INSTEAD_OF_AND, from(`${NAMESPACES}, ${PODS}`))).toEqual([]);
    expect(
      await findingsOf(
        OR_INSTEAD_OF_AND,
        from(NAMESPACES, 'podSelector: { matchLabels: { app: api } }') + deployment('shop', 'api'),
      ),
    ).toEqual([]);
  });

  it('is silent where another policy admits the rest anyway', async () => {
    expect(
      await findingsOf(
        OR_INSTEAD_OF_AND,
        from(NAMESPACES, PODS) +
          policy(
            'shop',
            'open',
            'podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }]',
          ),
      ),
    ).toEqual([]);
  });

  it('is silent where several rules together admit the rest', async () => {
    const jumphost = `from: [{ ${NAMESPACES} }]`;
    expect(
      await findingsOf(
        OR_INSTEAD_OF_AND,
        from(NAMESPACES, PODS) +
          policy(
            'shop',
            'halves',
            `podSelector: {}, ingress: [{ ${jumphost}, ports: [{ protocol: TCP }] }, { ${jumphost}, ports: [{ protocol: UDP }, { protocol: SCTP }] }]`,
          ),
      ),
    ).toEqual([]);
  });

  it('says less where the pods live in both places', async () => {
    expect(
      await findingsOf(
        OR_INSTEAD_OF_AND,
        from(NAMESPACES, PODS) + deployment('shop', 'prometheus'),
      ),
    ).toMatchObject([{ severity: 'MEDIUM', confidence: 'POSSIBLE' }]);
  });

  it('counts workloads of however many kinds of pods', async () => {
    const numbers = Array.from({ length: 2_100 }, (_, i) => i);
    const pods = numbers.map(
      (i) => `---
apiVersion: v1
kind: Pod
metadata: { name: p${i}, namespace: ops, labels: { n: v${i} } }
`,
    );
    // Policies tell the pods apart, so that each is of a kind of its own.
    const each = `podSelector: { matchExpressions: [{ key: n, operator: In, values: [${numbers.map((i) => `v${i}`).join()}] }] }`;
    const [found] = await findingsOf(
      OR_INSTEAD_OF_AND,
      from(NAMESPACES, PODS) + pods.join('') + policy('ops', 'each', each),
    );
    expect(found!.message).toContain('Opens 2101 more workloads.');
  });
});
