import { apiClients, apiServerCalls } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { codes, read, viewOf } from '../manifests.test-support.js';

const POD = (spec = ''): string => `---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { ${spec}containers: [{ name: c }] }
`;
const ACCOUNT = `---
apiVersion: v1
kind: ServiceAccount
metadata: { name: robot, namespace: shop }
automountServiceAccountToken: false
secrets: [{ name: SECRET }]
`;
const BINDING = (namespace: string, subject: string): string => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: 'a:b', namespace: ${namespace} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: r }
subjects: [${subject}]
`;
const ROBOT = '{ kind: ServiceAccount, name: robot, namespace: shop }';

async function clientsOf(...documents: string[]) {
  return [...apiClients(viewOf(await read(documents.join(''))).snapshot)];
}

describe('who uses the API', () => {
  it('has the token of an account that a role is bound to, in whatever namespace', async () => {
    const pod = POD('serviceAccountName: robot, ');
    expect(await clientsOf(pod, BINDING('other', ROBOT))).toEqual([
      { workload: 0, account: 'robot', binding: 'RoleBinding other/a:b', isByGroup: false },
    ]);
    expect(await clientsOf(pod, BINDING('other', '{ kind: ServiceAccount, name: robot }'))).toEqual(
      [],
    );
    expect(await clientsOf(POD('serviceAccount: robot, '), BINDING('shop', ROBOT))).toHaveLength(1);
  });

  it('asks the pod first whether the token is mounted, then the account', async () => {
    const pod = POD('serviceAccountName: robot, ');
    const own = POD('serviceAccountName: robot, automountServiceAccountToken: true, ');
    expect(await clientsOf(pod, ACCOUNT, BINDING('shop', ROBOT))).toEqual([]);
    expect(await clientsOf(own, ACCOUNT, BINDING('shop', ROBOT))).toHaveLength(1);
  });

  it('knows the groups of all accounts', async () => {
    const group = (name: string): string => `{ kind: Group, name: '${name}' }`;
    for (const name of ['system:serviceaccounts', 'system:serviceaccounts:shop'])
      expect(await clientsOf(POD(), BINDING('shop', group(name)))).toMatchObject([
        { account: 'default', isByGroup: true },
      ]);
    for (const name of ['system:authenticated', 'system:serviceaccounts:other'])
      expect(await clientsOf(POD(), BINDING('shop', group(name)))).toEqual([]);
  });

  it('makes no namespace of what stands beside pods, and changes no other namespace', async () => {
    const [without, bound] = [
      await read(POD()),
      await read(POD() + ACCOUNT + BINDING('other', '{ kind: User, name: robot }')),
    ];
    expect(bound.parts.map(({ namespace }) => namespace)).toEqual(['shop']);
    expect(bound.digest).toBe(without.digest);
    expect(Buffer.from(bound.parts[0]!.segment.bytes).toString('latin1')).not.toContain('SECRET');
  });

  it('says where a binding is not as the API has it', async () => {
    expect(
      codes(await read(BINDING('shop', ROBOT).replace('[', '{ a: [').replace(/\]\n$/, '] }\n'))),
    ).toEqual(['INVALID_OBJECT']);
  });
});

const WEBHOOKS = `---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: guard }
webhooks:
  - { name: b.example, clientConfig: { caBundle: SECRET, service: { namespace: shop, name: web, port: 8443 } } }
  - { name: a.example, failurePolicy: Ignore, clientConfig: { service: { namespace: shop, name: web } } }
  - { name: c.example, clientConfig: { url: 'https://example.com' } }
`;
const CALLERS = `${WEBHOOKS}---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.example }
spec: { caBundle: SECRET, service: { namespace: shop, name: api } }
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.apps }
spec: { group: apps }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  conversion: { strategy: Webhook, webhook: { clientConfig: { caBundle: SECRET, service: { namespace: shop, name: convert, port: 9443 } } } }
`;

describe('whom the API server calls', () => {
  it('is in webhook configurations, APIServices and conversions', async () => {
    const content = await read(CALLERS);
    const { snapshot } = viewOf(content);
    expect(
      apiServerCalls(snapshot).map(({ kind, webhook, service, port, failurePolicy }) =>
        [kind, webhook, service, port, failurePolicy].join(' '),
      ),
    ).toEqual([
      'APIService  api 443 ',
      'CustomResourceDefinition  convert 9443 ',
      'MutatingWebhookConfiguration a.example web 443 Ignore',
      'MutatingWebhookConfiguration b.example web 8443 Fail',
    ]);
    expect(snapshot.clusterTexts('pluginResources')).toEqual([]);
    expect(Buffer.from(content.parts[0]!.segment.bytes).toString('latin1')).not.toContain('SECRET');
  });

  it('does not depend on the order of webhooks', async () => {
    const lines = WEBHOOKS.split('\n');
    const swapped = [...lines.slice(0, 5), lines[6], lines[5], ...lines.slice(7)].join('\n');
    expect(swapped).not.toBe(WEBHOOKS);
    expect((await read(swapped)).digest).toBe((await read(WEBHOOKS)).digest);
  });

  it('ignores failures in the versions before v1', async () => {
    const { snapshot } = viewOf(await read(WEBHOOKS.replace('io/v1', 'io/v1beta1')));
    expect(apiServerCalls(snapshot).map(({ failurePolicy }) => failurePolicy)).toEqual([
      'Ignore',
      'Ignore',
    ]);
  });
});
