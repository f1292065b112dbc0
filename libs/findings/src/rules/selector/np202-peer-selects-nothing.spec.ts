import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { PEER_SELECTS_NOTHING } from './np202-peer-selects-nothing.js';

const SHOP = namespace('shop') + deployment('shop', 'web') + deployment('shop', 'api');
const from = (peers: string, subject = 'app: web'): string =>
  SHOP +
  policy(
    'shop',
    'web',
    `podSelector: { matchLabels: { ${subject} } }, ingress: [{ from: [${peers}] }]`,
  );
const labelled = (labels: string): string => `{ podSelector: { matchLabels: { ${labels} } } }`;

describe('NP202', () => {
  it('finds a peer whose labels no pod has', async () => {
    expect(await findingsOf(PEER_SELECTS_NOTHING, from(labelled('app: ghost')))).toMatchObject([
      {
        object: 'NetworkPolicy shop/web',
        path: 'spec.ingress[0].from[0]',
        severity: 'MEDIUM',
        confidence: 'LIKELY',
      },
    ]);
  });

  it('says less of a peer among others, and of labels that clients take', async () => {
    const weak = [{ severity: 'LOW', confidence: 'POSSIBLE' }];
    expect(
      await findingsOf(
        PEER_SELECTS_NOTHING,
        from(`${labelled('app: api')}, ${labelled('app: ghost')}`),
      ),
    ).toMatchObject(weak);
    expect(
      await findingsOf(PEER_SELECTS_NOTHING, from(labelled('web-client: "true"'))),
    ).toMatchObject(weak);
    expect(await findingsOf(PEER_SELECTS_NOTHING, from(labelled('role: client')))).toMatchObject(
      weak,
    );
  });

  it('is silent where somebody has the labels, of a policy without subject, and of an empty selector', async () => {
    expect(await findingsOf(PEER_SELECTS_NOTHING, from(labelled('app: api')))).toEqual([]);
    expect(
      await findingsOf(PEER_SELECTS_NOTHING, from(labelled('app: ghost'), 'app: nobody')),
    ).toEqual([]);
    expect(await findingsOf(PEER_SELECTS_NOTHING, from('{ podSelector: {} }'))).toEqual([]);
  });

  it('knows the pods of a CronJob between two runs', async () => {
    const job = `---
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: shop }
spec:
  schedule: '0 1 * * *'
  jobTemplate:
    spec:
      template:
        metadata: { labels: { app: report } }
        spec: { restartPolicy: Never, containers: [{ name: main }] }
`;
    expect(await findingsOf(PEER_SELECTS_NOTHING, from(labelled('app: report')) + job)).toEqual([]);
  });

  it('says less where an operator may make the pods', async () => {
    const prometheus = `---
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: { name: k8s, namespace: shop }
`;
    expect(
      await findingsOf(PEER_SELECTS_NOTHING, from(labelled('app: ghost')) + prometheus),
    ).toMatchObject([{ severity: 'LOW', confidence: 'POSSIBLE' }]);
  });

  it('is information in a part of a cluster', async () => {
    expect(
      await findingsOf(PEER_SELECTS_NOTHING, from(labelled('app: ghost')), { isComplete: false }),
    ).toMatchObject([{ severity: 'INFO' }]);
  });
});
