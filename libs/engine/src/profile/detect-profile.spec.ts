import type { Detection } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../../test/support/analyse.js';
import { detectProfile } from './detect-profile.js';
import { resolveProfile } from './resolve-profile.js';

type Labels = Readonly<Record<string, string>>;

function daemonSet(namespace: string, name: string, labels: Labels): object {
  const spec = {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'agent' }] } },
  };
  return { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name, namespace }, spec };
}

function node(name: string, podCIDR: string, address: string): object {
  const status = { addresses: [{ type: 'InternalIP', address }] };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { podCIDR }, status };
}

const FLANNEL = daemonSet('kube-flannel', 'kube-flannel-ds', { app: 'flannel' });
const CALICO = daemonSet('kube-system', 'calico-node', { 'k8s-app': 'calico-node' });
const CILIUM = daemonSet('kube-system', 'cilium', { 'k8s-app': 'cilium' });
const CALICO_RESOURCE = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ippools.crd.projectcalico.org' },
};

async function detect(
  objects: readonly object[],
  isComplete = true,
): Promise<readonly Detection[]> {
  const { analysis } = await analyseObjects(objects);
  return detectProfile(analysis.view, isComplete);
}

async function enforcement(objects: readonly object[], isComplete = true): Promise<unknown[]> {
  const found = await detect(objects, isComplete);
  return [
    resolveProfile({}, found).enforcement,
    ...found
      .filter(({ setting }) => setting === 'enforcement')
      .map(({ value, confidence }) => `${JSON.stringify(value)} ${confidence}`),
  ];
}

describe('the enforcement', () => {
  it('is unknown where nothing tells of it', async () => {
    expect(await enforcement([])).toEqual(['UNKNOWN']);
  });

  it('is that of the one plugin that is there', async () => {
    expect(await enforcement([CALICO, CALICO_RESOURCE], false)).toEqual([
      'CALICO',
      '"CALICO" CERTAIN',
    ]);
    expect(await enforcement([FLANNEL, CALICO])).toEqual(['CALICO', '"CALICO" CERTAIN']);
  });

  it('is unknown where plugins contradict each other', async () => {
    expect(await enforcement([CALICO, CILIUM])).toEqual([
      'UNKNOWN',
      '"CALICO" UNSURE',
      '"CILIUM" UNSURE',
    ]);
  });

  it('is unknown where there is no more than a suspicion', async () => {
    expect(await enforcement([FLANNEL, CALICO_RESOURCE])).toEqual(['UNKNOWN', '"CALICO" UNSURE']);
  });

  it('is none where a whole cluster has flannel alone, and unknown in a part of one', async () => {
    expect(await enforcement([FLANNEL])).toEqual(['NONE', '"NONE" LIKELY']);
    expect(await enforcement([FLANNEL], false)).toEqual(['UNKNOWN', '"NONE" UNSURE']);
    const [part] = await detect([FLANNEL], false);
    expect(part).toMatchObject({
      object: 'DaemonSet kube-flannel/kube-flannel-ds',
      reason: expect.stringContaining('part of its cluster'),
    });
  });
});

describe('ranges', () => {
  it('are joined, and have their reasons', async () => {
    const found = await detect([
      node('a', '10.244.0.0/24', '192.168.1.10'),
      node('b', '10.244.1.0/24', '192.168.1.11'),
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'ServiceCIDR',
        metadata: { name: 'kubernetes' },
        spec: { cidrs: ['10.96.0.0/12', 'fd00:10:96::/112'] },
      },
    ]);
    expect(found).toMatchObject([
      { setting: 'podCidrs', value: ['10.244.0.0/23'], object: null, confidence: 'CERTAIN' },
      { setting: 'serviceCidrs', value: ['10.96.0.0/12', 'fd00:10:96::/112'] },
      { setting: 'nodeCidrs', value: ['192.168.1.10/31'] },
    ]);
  });

  it('of a larger one have the smaller one in it', async () => {
    const [pods] = await detect([
      node('a', '10.0.0.0/8', '1.1.1.1'),
      node('b', '10.1.0.0/16', '1.1.1.2'),
    ]);
    expect(pods?.value).toEqual(['10.0.0.0/8']);
  });

  it('of the API server are those of its Service and what stands behind it', async () => {
    const service = (spec: object): object => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kubernetes', namespace: 'default' },
      spec: { clusterIP: '10.96.0.1', ports: [{ port: 443, targetPort: 6443 }], ...spec },
    });
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'kubernetes',
        namespace: 'default',
        labels: { 'kubernetes.io/service-name': 'kubernetes' },
      },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['172.18.0.2'] }, { addresses: ['172.18.0.3'] }],
      ports: [{ port: 6443, protocol: 'TCP' }],
    };
    expect(await detect([service({}), slice])).toMatchObject([
      {
        setting: 'apiServerCidrs',
        value: ['10.96.0.1/32', '172.18.0.2/31'],
        object: 'Service default/kubernetes',
      },
    ]);
    // Somebody's own Service of that name.
    expect(await detect([service({ selector: { app: 'x' } })])).toEqual([]);
  });

  it('that are too many to read are left out', async () => {
    const nodes = Array.from({ length: 300 }, (_, i) =>
      node(`n${i}`, `10.${i >> 7}.${(i & 127) * 2}.0/24`, `172.16.${i >> 7}.${(i & 127) * 2}`),
    );
    expect(await detect(nodes)).toEqual([]);
  });
});

describe('DNS and ingress controllers', () => {
  it('are found by their labels', async () => {
    const found = await detect([
      daemonSet('kube-system', 'node-local-dns', { 'k8s-app': 'node-local-dns' }),
      daemonSet('openshift-dns', 'dns-default', {
        'dns.operator.openshift.io/daemonset-dns': 'default',
      }),
      daemonSet('edge', 'nginx', {
        'app.kubernetes.io/name': 'ingress-nginx',
        'app.kubernetes.io/component': 'controller',
      }),
      daemonSet('edge', 'nginx-backend', { 'app.kubernetes.io/name': 'ingress-nginx' }),
    ]);
    const pods = 'app.kubernetes.io/component=controller,app.kubernetes.io/name=ingress-nginx';
    expect(found).toMatchObject([
      {
        setting: 'dnsPods',
        value: {
          namespaces: 'kubernetes.io/metadata.name=openshift-dns',
          pods: 'dns.operator.openshift.io/daemonset-dns=default',
        },
        object: 'DaemonSet openshift-dns/dns-default',
      },
      { setting: 'nodeLocalDnsAddress', value: '169.254.20.10' },
      {
        setting: 'ingressControllers',
        value: [{ namespaces: 'kubernetes.io/metadata.name=edge', pods }],
        object: 'DaemonSet edge/nginx',
      },
    ]);
  });
});

describe('the profile', () => {
  it('is what is usual where nothing is known', () => {
    expect(resolveProfile({}, [])).toMatchObject({
      enforcement: 'UNKNOWN',
      isEnforced: null,
      ipBlockMatchesPods: true,
      hostNetworkPods: 'NODE',
      allowNodeToLocalPods: true,
      priorityTies: 'SMALLER_NAME_FIRST',
      podCidrs: [],
      dns: { pods: { pods: 'k8s-app=kube-dns' }, nodeLocalAddress: null },
    });
  });

  it('follows from the enforcement, set by hand or detected', async () => {
    const found = await detect([CILIUM]);
    expect(resolveProfile({}, found)).toMatchObject({
      isEnforced: true,
      ipBlockMatchesPods: false,
    });
    const byHand = resolveProfile({ enforcement: 'CALICO' }, found);
    expect(byHand).toMatchObject({ enforcement: 'CALICO', ipBlockMatchesPods: true });
    const mixed = resolveProfile({ ipBlockMatchesPods: true }, found);
    expect(mixed).toMatchObject({ enforcement: 'CILIUM', ipBlockMatchesPods: true });
    expect(resolveProfile({ enforcement: 'NONE' }, found).isEnforced).toBe(false);
  });
});
