import { describe, expect, it } from 'vitest';
import {
  deployment,
  findingsOf,
  namespace,
  policy,
  type ShownFinding,
} from '../../findings.test-support.js';
import { API_SERVER, service } from './dependency.test-support.js';
import { WEBHOOK_INGRESS_MISSING } from './np604-webhook-ingress-missing.js';

const PODS =
  namespace('guard') +
  deployment('guard', 'guard', '', ', ports: [{ name: hook, containerPort: 9443 }]') +
  service('guard', 'guard', 'ports: [{ port: 443, targetPort: hook }]');
const WEBHOOK = (failurePolicy: string, port = ''): string => `---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: guard }
webhooks:
  - name: pods.guard.example
    failurePolicy: ${failurePolicy}
    clientConfig: { caBundle: U0VDUkVU, service: { namespace: guard, name: guard${port} } }
`;
const API = `---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.guard.example }
spec: { group: guard.example, version: v1, service: { namespace: guard, name: guard } }
`;
const CONVERSION = `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: guards.guard.example }
spec:
  conversion:
    strategy: Webhook
    webhook: { clientConfig: { service: { namespace: guard, name: guard } }, conversionReviewVersions: [v1] }
`;

const found = (ingress: string, more = WEBHOOK('Fail')): Promise<ShownFinding[]> =>
  findingsOf(
    WEBHOOK_INGRESS_MISSING,
    PODS + more + policy('guard', 'all', `podSelector: {}, policyTypes: [Ingress], ${ingress}`),
  );
const rule = (peers: string, port = 9443): string =>
  `ingress: [{ ${peers}ports: [{ port: ${port} }] }]`;
const NAMESPACES = 'from: [{ namespaceSelector: {} }], ';
const block = (cidr: string): string => `from: [{ ipBlock: { cidr: ${cidr} } }], `;

describe('NP604', () => {
  it('finds a webhook whose pods admit no address', async () => {
    expect(await found(rule(NAMESPACES))).toMatchObject([
      { object: 'Service guard/guard', severity: 'CRITICAL', confidence: 'LIKELY' },
    ]);
  });

  it.each([
    ['an APIService', API],
    ['a conversion', CONVERSION],
  ])('finds %s, too', async (_, more) => {
    expect(await found(rule(NAMESPACES), more)).toHaveLength(1);
  });

  it('looks at the port of the pods, not at that of the Service', async () => {
    expect(await found(rule('', 443))).toHaveLength(1);
    expect(await found(rule(''))).toEqual([]);
  });

  it('says what becomes of requests', async () => {
    const [ignored] = await found(rule(NAMESPACES), WEBHOOK('Ignore'));
    expect(ignored?.message).toContain('failurePolicy Ignore');
    const [failing] = await found(rule(NAMESPACES));
    expect(failing?.message).toContain('failurePolicy Fail');
  });

  it('is content with any address where that of the API server is not known', async () => {
    expect(await found(rule(block('198.51.100.0/24')))).toEqual([]);
  });

  it('doubts addresses that are not those known', async () => {
    const more = WEBHOOK('Fail') + API_SERVER;
    expect(await found(rule(block('198.51.100.0/24')), more)).toMatchObject([
      { confidence: 'POSSIBLE' },
    ]);
    expect(await found(rule(block('192.0.2.0/24')), more)).toEqual([]);
  });

  it('is content where the agent of the control plane is admitted', async () => {
    const agent =
      namespace('kube-system') +
      deployment('kube-system', 'agent', ', k8s-app: konnectivity-agent');
    expect(await found(rule(NAMESPACES), WEBHOOK('Fail') + agent)).toEqual([]);
  });

  it('says nothing of Services and ports that are not there, nor of pods that are open', async () => {
    expect(await found(rule(NAMESPACES), WEBHOOK('Fail', ', port: 8443'))).toEqual([]);
    expect(
      await found(
        rule(NAMESPACES),
        WEBHOOK('Fail')
          .replaceAll('name: guard,', 'name: x,')
          .replace('name: guard }', 'name: x }'),
      ),
    ).toHaveLength(1);
    expect(await findingsOf(WEBHOOK_INGRESS_MISSING, PODS + WEBHOOK('Fail'))).toEqual([]);
  });
});
