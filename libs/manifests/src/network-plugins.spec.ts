import { SnapshotView } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MANIFEST_LIMITS } from './limits.js';
import { readManifests } from './read-manifests.js';

async function read(text: string) {
  const files = [{ path: 'cluster.yaml', content: Buffer.from(text) }];
  const content = await readManifests({ kind: 'files', files }, DEFAULT_MANIFEST_LIMITS);
  const segments = content.parts.map(({ namespace, segment }) => ({
    namespace,
    ...segment,
  }));
  return { content, view: new SnapshotView(segments) };
}

const DEFINITION = (name: string): string => `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${name} }
spec: { group: x, description: "{{ not read }}" }
---`;

describe('what tells of the network plugin', () => {
  it('of CustomResourceDefinitions is the name, and only of the known ones', async () => {
    const { content, view } = await read(
      [
        DEFINITION('ippools.crd.projectcalico.org'),
        DEFINITION('widgets.example.com'),
        DEFINITION('ciliumendpoints.cilium.io'),
      ].join(''),
    );
    expect(view.clusterTexts('pluginResources')).toEqual([
      'ciliumendpoints.cilium.io',
      'ippools.crd.projectcalico.org',
    ]);
    expect(content.skippedKinds).toMatchObject([{ kind: 'CustomResourceDefinition', count: 1 }]);
    expect(content.problems.map(({ code }) => code)).toEqual(['IGNORED_KIND']);
  });

  it('are the networks of pods and Services, each once', async () => {
    const node = (name: string, spec: string): string =>
      `\napiVersion: v1\nkind: Node\nmetadata: { name: ${name} }\nspec: ${spec}\n---`;
    const { content, view } = await read(
      [
        node('a', "{ podCIDR: 10.244.0.0/24, podCIDRs: [10.244.0.0/24, 'fd00:10:244::/64'] }"),
        node('b', '{ podCIDR: 10.244.1.0/24 }'),
        node('c', "{ podCIDR: '' }"),
        '\napiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: { name: kubernetes }\nspec: { cidrs: [10.96.0.0/12] }\n',
      ].join(''),
    );
    expect(content.problems).toEqual([]);
    expect(view.clusterTexts('podNetworks')).toEqual([
      '10.244.0.0/24',
      '10.244.1.0/24',
      'fd00:10:244::/64',
    ]);
    expect(view.clusterTexts('serviceNetworks')).toEqual(['10.96.0.0/12']);
  });

  it('are containers of DaemonSets in which they matter', async () => {
    const daemonSet = (name: string): string => `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name}, namespace: kube-system }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: x }, { name: agent }] }
---`;
    const { view } = await read(daemonSet('aws-node') + daemonSet('logs'));
    const containers = (name: string): string[] =>
      view.findWorkloads('kube-system', name).flatMap((one) => view.agentContainers(one));
    expect(containers('aws-node')).toEqual(['main', 'agent']);
    expect(containers('logs')).toEqual([]);
  });

  it('has to be valid', async () => {
    const { content } = await read(
      'apiVersion: networking.k8s.io/v1\nkind: ServiceCIDR\nmetadata: { name: bad }\nspec: { cidrs: [10.96.0.0] }\n',
    );
    expect(content.problems).toMatchObject([{ code: 'INVALID_OBJECT', field: 'spec.cidrs[0]' }]);
  });
});
