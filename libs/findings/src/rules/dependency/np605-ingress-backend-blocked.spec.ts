import { describe, expect, it } from 'vitest';
import {
  type Circumstances,
  deployment,
  findingsOf,
  namespace,
  policy,
  type ShownFinding,
} from '../../findings.test-support.js';
import { service } from './dependency.test-support.js';
import { INGRESS_BACKEND_BLOCKED } from './np605-ingress-backend-blocked.js';

const SHOP =
  namespace('shop') +
  deployment('shop', 'web') +
  service('shop', 'web', 'ports: [{ port: 80, targetPort: 8080 }]') +
  `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`;
const CONTROLLER =
  namespace('edge') +
  deployment(
    'edge',
    'controller',
    ', app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller',
  );

const found = (
  rule: string,
  controller = CONTROLLER,
  circumstances: Circumstances = {},
): Promise<ShownFinding[]> =>
  findingsOf(
    INGRESS_BACKEND_BLOCKED,
    SHOP + controller + policy('shop', 'all', `podSelector: {}, policyTypes: [Ingress], ${rule}`),
    circumstances,
  );
const from = (peer: string, port = 8080): string =>
  `ingress: [{ from: [${peer}], ports: [{ port: ${port} }] }]`;
const EDGE = '{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: edge } } }';

describe('NP605', () => {
  it('finds an Ingress whose backend does not admit the controller', async () => {
    expect(await found(from('{ podSelector: {} }'))).toMatchObject([
      { object: 'Ingress shop/web', severity: 'HIGH' },
    ]);
    expect(await found(from(EDGE, 80))).toHaveLength(1);
  });

  it('is content with a rule for the controller', async () => {
    expect(await found(from(EDGE))).toEqual([]);
    expect(await found('ingress: [{}]')).toEqual([]);
  });

  it('says nothing where the controller is not known', async () => {
    expect(await found(from('{ podSelector: {} }'), '')).toEqual([]);
  });

  it('takes the controllers that were set by hand', async () => {
    const own = namespace('edge') + deployment('edge', 'proxy');
    const ingressControllers = [
      { namespaces: 'kubernetes.io/metadata.name=edge', pods: 'app=proxy' },
    ];
    const given = { profile: { ingressControllers } };
    expect(await found(from('{ podSelector: {} }'), own, given)).toHaveLength(1);
    expect(await found(from(EDGE), own, given)).toEqual([]);
  });

  it('takes any admitted address for that of a controller in the network of its node', async () => {
    const host = CONTROLLER.replace('spec: { containers', 'spec: { hostNetwork: true, containers');
    expect(await found(from('{ ipBlock: { cidr: 192.0.2.0/24 } }'), host)).toEqual([]);
    expect(await found(from(EDGE), host)).toHaveLength(1);
  });

  it('leaves to others what is wrong with a route for another reason', async () => {
    const text = (SHOP + CONTROLLER).replace('number: 80', 'number: 81');
    const closed = policy('shop', 'all', 'podSelector: {}, policyTypes: [Ingress]');
    expect(await findingsOf(INGRESS_BACKEND_BLOCKED, text + closed)).toEqual([]);
  });
});
