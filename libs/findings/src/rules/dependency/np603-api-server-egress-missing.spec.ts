import { describe, expect, it } from 'vitest';
import { findingsOf, namespace, policy, type ShownFinding } from '../../findings.test-support.js';
import { API_SERVER } from './dependency.test-support.js';
import { API_SERVER_EGRESS_MISSING } from './np603-api-server-egress-missing.js';

const operator = (spec: string): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: operator, namespace: shop }
spec:
  selector: { matchLabels: { app: operator } }
  template:
    metadata: { labels: { app: operator } }
    spec: { ${spec}, containers: [{ name: main }] }
`;
const ACCOUNT = 'serviceAccountName: robot';
const BINDING = (subject: string, kind = 'ClusterRoleBinding', role = 'robot'): string => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: 'shop:robot'${kind === 'RoleBinding' ? ', namespace: shop' : ''} }
roleRef: { kind: ClusterRole, name: '${role}', apiGroup: rbac.authorization.k8s.io }
subjects: [${subject}]
`;
const ROBOT = '{ kind: ServiceAccount, name: robot, namespace: shop }';
const CLOSED = '{ to: [{ podSelector: {} }] }';

interface Case {
  readonly pod?: string;
  readonly binding?: string;
  readonly egress?: string;
  readonly more?: string;
}

const found = ({
  pod = ACCOUNT,
  binding = BINDING(ROBOT),
  egress = CLOSED,
  more = API_SERVER,
}: Case): Promise<ShownFinding[]> =>
  findingsOf(
    API_SERVER_EGRESS_MISSING,
    namespace('shop') +
      operator(pod) +
      binding +
      more +
      policy('shop', 'all', `podSelector: {}, policyTypes: [Egress], egress: [${egress}]`),
  );

describe('NP603', () => {
  it('finds a client of the API that has no way to it', async () => {
    expect(await found({})).toMatchObject([
      { object: 'Deployment shop/operator', severity: 'HIGH', confidence: 'LIKELY' },
    ]);
    const own = BINDING('{ kind: ServiceAccount, name: robot }', 'RoleBinding');
    expect(await found({ binding: own })).toHaveLength(1);
  });

  it('is not misled by selectors: the API server is no pod', async () => {
    expect(await found({ egress: '{ to: [{ namespaceSelector: {} }] }' })).toHaveLength(1);
  });

  it('is content with the addresses behind the Service, and with everyone', async () => {
    const block = (cidr: string, port: number): string =>
      `{ to: [{ ipBlock: { cidr: ${cidr} } }], ports: [{ port: ${port} }] }`;
    expect(await found({ egress: block('192.0.2.0/24', 6443) })).toEqual([]);
    expect(await found({ egress: '{ ports: [{ port: 443 }] }' })).toEqual([]);
    expect(await found({ egress: block('198.51.100.0/24', 6443) })).toHaveLength(1);
    expect(await found({ egress: block('192.0.2.0/24', 5432) })).toHaveLength(1);
  });

  it('takes any address for the API server where its own are not known', async () => {
    const egress = '{ to: [{ ipBlock: { cidr: 198.51.100.0/24 } }], ports: [{ port: 6443 }] }';
    expect(await found({ egress, more: '' })).toEqual([]);
    expect(await found({ more: '' })).toHaveLength(1);
  });

  it.each([
    ['no binding', { binding: '' }],
    [
      'a binding of another account',
      { binding: BINDING('{ kind: ServiceAccount, name: robot, namespace: other }') },
    ],
    ['a binding of a user', { binding: BINDING('{ kind: User, name: robot }') }],
    ['no token in the pod', { pod: `${ACCOUNT}, automountServiceAccountToken: false` }],
    [
      'no token of the account',
      {
        more: `${API_SERVER}---
apiVersion: v1
kind: ServiceAccount
metadata: { name: robot, namespace: shop }
automountServiceAccountToken: false
`,
      },
    ],
    ['the network of the node', { pod: `${ACCOUNT}, hostNetwork: true` }],
    [
      'a role of the control plane for a group',
      {
        binding: BINDING(
          '{ kind: Group, name: system:serviceaccounts }',
          'ClusterRoleBinding',
          'system:service-account-issuer-discovery',
        ),
      },
    ],
  ])('says nothing of %s', async (_, given) => {
    expect(await found(given)).toEqual([]);
  });

  it('doubts that whoever is in a group, or has the default account, uses it', async () => {
    const vague = [{ severity: 'LOW', confidence: 'POSSIBLE' }];
    const group = BINDING('{ kind: Group, name: system:serviceaccounts:shop }');
    expect(await found({ binding: group })).toMatchObject(vague);
    const account = BINDING('{ kind: ServiceAccount, name: default, namespace: shop }');
    expect(await found({ pod: 'restartPolicy: Always', binding: account })).toMatchObject(vague);
  });
});
