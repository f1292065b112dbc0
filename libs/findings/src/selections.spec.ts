import { type LabelSelector, matchesSelector, type PodSelection } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../test/support/analyse.js';
import { deployment, namespace, policy } from './findings.test-support.js';
import { Selections } from './selections.js';

const SELECTORS: readonly string[] = [
  '{}',
  '{ matchLabels: { app: web } }',
  '{ matchLabels: { app: web, tier: front } }',
  '{ matchExpressions: [{ key: app, operator: In, values: [web, api] }] }',
  '{ matchExpressions: [{ key: app, operator: NotIn, values: [web, ghost] }] }',
  '{ matchExpressions: [{ key: tier, operator: NotIn, values: [front] }] }',
  '{ matchExpressions: [{ key: tier, operator: Exists }] }',
  '{ matchExpressions: [{ key: tier, operator: DoesNotExist }] }',
  '{ matchExpressions: [{ key: ghost, operator: DoesNotExist }, { key: app, operator: Exists }] }',
  '{ matchLabels: { app: ghost } }',
];
const NAMESPACES = ['{}', '{ matchLabels: { team: a } }', '{ matchLabels: { team: ghost } }'];

const peers = [
  ...SELECTORS.map((pods) => `{ podSelector: ${pods} }`),
  ...SELECTORS.flatMap((pods) =>
    NAMESPACES.map((where) => `{ podSelector: ${pods}, namespaceSelector: ${where} }`),
  ),
];
const MANIFESTS = [
  namespace('one', 'team: a'),
  namespace('two', 'team: b'),
  ...['one', 'two'].flatMap((at) => [
    deployment(at, 'web', ', tier: front'),
    deployment(at, 'api'),
    deployment(at, 'db', ', tier: back'),
  ]),
  policy('one', 'all', `podSelector: {}, ingress: [{ from: [${peers.join(', ')}] }]`),
].join('');

describe('Selections', () => {
  it('fit the pods that the labels fit, one by one', async () => {
    const { analysis } = await analyseFiles([{ path: 'cluster.yaml', text: MANIFESTS }]);
    const { view, index } = analysis;
    const selections = new Selections(analysis);
    const has = (labels: Readonly<Record<string, string>>, selector: LabelSelector): boolean =>
      matchesSelector(new Map(Object.entries(labels)), selector);
    const naive = ({ namespaceSelector, podSelector }: PodSelection): number[] =>
      Array.from({ length: view.podCount }, (_, i) => view.pod(i))
        .filter((pod) => {
          const { name, labels } = view.namespace(pod.namespace);
          const isInScope =
            namespaceSelector === null ? name === 'one' : has(labels, namespaceSelector);
          return isInScope && has(pod.labels, podSelector);
        })
        .map((pod) => pod.index);
    const podsOf = (classes: readonly number[]): number[] =>
      Array.from({ length: view.podCount }, (_, pod) => pod).filter((pod) =>
        classes.includes(index.pods.podClass[pod]!),
      );

    const asked = (view.policy(0).spec.ingress[0]?.peers ?? []).filter(
      (peer) => peer.kind === 'pods',
    );
    expect(asked).toHaveLength(peers.length);
    for (const peer of asked) {
      expect(podsOf(selections.labelled(peer, 0))).toEqual(naive(peer));
      expect(selections.hasAnybody(peer, 0)).toBe(naive(peer).length > 0);
    }
    const unheardOf: PodSelection = {
      namespaceSelector: [],
      podSelector: [{ key: 'app', operator: 'In', values: ['db'] }],
    };
    expect(podsOf(selections.labelled(unheardOf, 0))).toEqual(naive(unheardOf));
  });

  it('know of pods that have ended', async () => {
    const ended = `---
apiVersion: v1
kind: Pod
metadata: { name: migrate, namespace: one, labels: { job: migrate } }
spec: { containers: [{ name: main }] }
status: { phase: Succeeded }
`;
    const asked = policy('one', 'jobs', 'podSelector: { matchLabels: { job: migrate } }');
    const text = namespace('one') + ended + asked;
    const { analysis } = await analyseFiles([{ path: 'cluster.yaml', text }]);
    const { subject } = analysis.view.policy(0).spec;
    const selections = new Selections(analysis);
    expect(selections.labelled(subject, 0)).toEqual([]);
    expect(selections.hasAnybody(subject, 0)).toBe(true);
  });
});
