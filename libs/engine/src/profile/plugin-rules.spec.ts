import type { PolicyEnforcement } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../test/support/analyse.js';
import { ClusterSigns } from './cluster-signs.js';
import { PLUGIN_RULES } from './plugin-rules.js';
import type { PluginSign } from './plugin-sign.js';

interface PluginCase {
  /** As in PLUGIN_RULES. */
  readonly plugin: string;
  /** What a cluster with the plugin has. */
  readonly manifest: string;
  readonly sign: Omit<PluginSign, 'reason'>;
  /** What only looks like it. */
  readonly almost: string;
}

/** A workload as charts make it; `labels` of its pods. */
function workload(
  kind: 'DaemonSet' | 'Deployment',
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  containers: readonly string[] = [name],
): string {
  const template = {
    metadata: { labels },
    spec: {
      hostNetwork: true,
      tolerations: [{ operator: 'Exists' }],
      containers: containers.map((one) => ({ name: one, image: `registry.example/${one}:v1` })),
    },
  };
  const spec = { selector: { matchLabels: labels }, template };
  return JSON.stringify({ apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec });
}

function definition(name: string): string {
  const [plural, ...group] = name.split('.');
  return JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: { group: group.join('.'), names: { plural }, scope: 'Cluster' },
  });
}

const certain = (enforcement: PolicyEnforcement, object: string): PluginCase['sign'] => ({
  enforcement,
  object: `DaemonSet ${object}`,
  confidence: 'CERTAIN',
});
const system = (name: string, labels: Readonly<Record<string, string>>, containers?: string[]) =>
  workload('DaemonSet', 'kube-system', name, labels, containers);

const CASES: readonly PluginCase[] = [
  {
    plugin: 'Calico',
    manifest: workload('DaemonSet', 'calico-system', 'calico-node', { 'k8s-app': 'calico-node' }),
    sign: certain('CALICO', 'calico-system/calico-node'),
    almost: workload('Deployment', 'calico-system', 'calico-node', { 'k8s-app': 'calico-node' }),
  },
  {
    plugin: 'Canal',
    manifest: system('canal', { 'k8s-app': 'canal' }, ['calico-node', 'kube-flannel']),
    sign: certain('CALICO', 'kube-system/canal'),
    almost: workload('DaemonSet', 'shop', 'canal', { app: 'canal' }),
  },
  {
    plugin: 'Cilium',
    manifest: system('cilium', { 'k8s-app': 'cilium', 'app.kubernetes.io/name': 'cilium-agent' }),
    sign: { ...certain('CILIUM', 'kube-system/cilium'), confidence: 'LIKELY' },
    almost: system('cilium-envoy', { 'k8s-app': 'cilium-envoy' }),
  },
  {
    plugin: 'Antrea',
    manifest: system('antrea-agent', { app: 'antrea', component: 'antrea-agent' }),
    sign: certain('ANTREA', 'kube-system/antrea-agent'),
    almost: system('antrea-agent-windows', { app: 'antrea', component: 'antrea-agent' }),
  },
  {
    plugin: 'OVN-Kubernetes',
    manifest: workload('DaemonSet', 'openshift-ovn-kubernetes', 'ovnkube-node', {
      app: 'ovnkube-node',
      component: 'network',
    }),
    sign: certain('OVN_KUBERNETES', 'openshift-ovn-kubernetes/ovnkube-node'),
    almost: workload('Deployment', 'openshift-ovn-kubernetes', 'ovnkube-control-plane', {
      app: 'ovnkube-control-plane',
    }),
  },
  {
    plugin: 'kube-router',
    manifest: system('kube-router', { 'k8s-app': 'kube-router', tier: 'node' }),
    sign: { ...certain('KUBE_ROUTER', 'kube-system/kube-router'), confidence: 'LIKELY' },
    almost: system('kube-router-metrics', { 'k8s-app': 'kube-router' }),
  },
  {
    plugin: 'kube-network-policies',
    manifest: system('kube-network-policies', {
      app: 'kube-network-policies',
      'k8s-app': 'kube-network-policies',
    }),
    sign: certain('KUBE_NETWORK_POLICIES', 'kube-system/kube-network-policies'),
    almost: system('kube-network-policies-tester', { app: 'kube-network-policies' }),
  },
  {
    plugin: 'kindnet',
    manifest: system('kindnet', { app: 'kindnet', 'k8s-app': 'kindnet' }, ['kindnet-cni']),
    sign: { ...certain('KINDNET', 'kube-system/kindnet'), confidence: 'UNSURE' },
    almost: system('kindnetd', { app: 'kindnetd' }),
  },
  {
    plugin: 'Weave Net',
    manifest: system('weave-net', { name: 'weave-net' }, ['weave', 'weave-npc']),
    sign: certain('WEAVE_NET', 'kube-system/weave-net'),
    almost: system('weave-scope-agent', { name: 'weave-scope-agent' }),
  },
  {
    plugin: 'the AWS VPC CNI',
    manifest: system('aws-node', { 'k8s-app': 'aws-node' }, ['aws-node', 'aws-eks-nodeagent']),
    sign: { ...certain('AWS_VPC_CNI', 'kube-system/aws-node'), confidence: 'UNSURE' },
    almost: system('aws-node-termination-handler', { 'k8s-app': 'aws-node-termination-handler' }),
  },
  {
    plugin: 'Azure Network Policy Manager',
    manifest: system('azure-npm', { 'k8s-app': 'azure-npm' }),
    sign: certain('AZURE_NPM', 'kube-system/azure-npm'),
    almost: system('azure-cns', { 'k8s-app': 'azure-cns' }),
  },
  {
    plugin: 'GKE Dataplane V2',
    manifest: system('anetd', { 'k8s-app': 'cilium' }, ['cilium-agent']),
    sign: certain('GKE_DATAPLANE_V2', 'kube-system/anetd'),
    almost: workload('DaemonSet', 'shop', 'anetd', { 'k8s-app': 'anetd-exporter' }),
  },
  {
    plugin: 'flannel',
    manifest: workload('DaemonSet', 'kube-flannel', 'kube-flannel-ds', { app: 'flannel' }, [
      'kube-flannel',
    ]),
    sign: { ...certain('NONE', 'kube-flannel/kube-flannel-ds'), confidence: 'LIKELY' },
    almost: workload('DaemonSet', 'kube-flannel', 'flannel-exporter', { app: 'flannel' }),
  },
];

async function signsOf(...manifests: readonly string[]): Promise<ClusterSigns> {
  const { analysis } = await analyseFiles([{ path: 'c.yaml', text: manifests.join('\n---\n') }]);
  return new ClusterSigns(analysis.view, true);
}

function look(plugin: string, signs: ClusterSigns): PluginSign | null {
  return PLUGIN_RULES.find(({ name }) => name === plugin)!.look(signs);
}

describe.each(CASES)('$plugin', ({ plugin, manifest, sign, almost }) => {
  it('is recognised, and no other plugin', async () => {
    const signs = await signsOf(manifest, almost);
    expect(look(plugin, signs)).toMatchObject({ ...sign, reason: expect.any(String) });
    const others = PLUGIN_RULES.filter(({ name }) => name !== plugin);
    expect(others.map((rule) => rule.look(signs)).filter((one) => one !== null)).toEqual([]);
  });

  it('is not taken for what only looks like it', async () => {
    expect(look(plugin, await signsOf(almost))).toBeNull();
  });
});

it('every plugin has a case', () => {
  expect(CASES.map(({ plugin }) => plugin)).toEqual(PLUGIN_RULES.map(({ name }) => name));
});

describe('a plugin of which there are only resources', () => {
  it.each([
    ['Calico', 'felixconfigurations.crd.projectcalico.org', 'CALICO'],
    ['Cilium', 'ciliumnetworkpolicies.cilium.io', 'CILIUM'],
    ['Antrea', 'antreaagentinfos.crd.antrea.io', 'ANTREA'],
    ['OVN-Kubernetes', 'egressips.k8s.ovn.org', 'OVN_KUBERNETES'],
    ['the AWS VPC CNI', 'eniconfigs.crd.k8s.amazonaws.com', 'AWS_VPC_CNI'],
    ['Azure Network Policy Manager', 'nodenetworkconfigs.acn.azure.com', 'AZURE_NPM'],
    ['GKE Dataplane V2', 'networkloggings.networking.gke.io', 'GKE_DATAPLANE_V2'],
  ])('%s is suspected', async (plugin, resource, enforcement) => {
    const signs = await signsOf(definition(resource), definition('widgets.example.com'));
    expect(look(plugin, signs)).toMatchObject({
      enforcement,
      object: `CustomResourceDefinition ${resource}`,
      confidence: 'UNSURE',
    });
  });
});

describe('agents whose containers matter', () => {
  it.each([
    ['flannel', 'kube-flannel-ds', { app: 'flannel' }, 'kube-network-policies'],
    ['Weave Net', 'weave-net', { name: 'weave-net' }, 'weave-npc'],
  ])(
    '%s enforces with the container for it, and not without',
    async (plugin, name, labels, extra) => {
      const own = await signsOf(system(name, labels, ['main']));
      expect(look(plugin, own)).toMatchObject({ enforcement: 'NONE', confidence: 'LIKELY' });
      const both = await signsOf(system(name, labels, ['main', extra]));
      expect(look(plugin, both)).toMatchObject({ confidence: 'CERTAIN' });
      expect(look(plugin, both)?.enforcement).not.toBe('NONE');
    },
  );

  it('are in doubt when only their pods are known', async () => {
    const pod = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'kube-flannel-ds-x7k2p',
        namespace: 'kube-flannel',
        labels: { app: 'flannel' },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'kube-flannel-ds', controller: true },
        ],
      },
      spec: { containers: [{ name: 'kube-flannel' }] },
    });
    expect(look('flannel', await signsOf(pod))).toMatchObject({ confidence: 'UNSURE' });
  });
});
