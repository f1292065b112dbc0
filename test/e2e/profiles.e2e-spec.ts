import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QueryServer } from './query-server.js';

let server: QueryServer;
beforeAll(async () => {
  server = await QueryServer.start();
});
afterAll(() => server.close());

const POLICY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress: [{ from: [{ ipBlock: { cidr: 10.1.0.0/16 } }], ports: [{ port: 5432 }] }]
---`;
const PODS = ['db', 'web', 'probe'].map(
  (name, i) => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
status: { podIPs: [{ ip: 10.${name === 'probe' ? 2 : 1}.0.${i + 1} }] }
---`,
);
const SHOP = [POLICY, ...PODS].join('');

function daemonSet(namespace: string, name: string, label: string): string {
  const [key, value] = label.split('=');
  return `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { ${key!}: ${value!} } }
  template:
    metadata: { labels: { ${key!}: ${value!} } }
    spec: { hostNetwork: true, containers: [{ name: ${name}, image: example }] }
---`;
}

const FLANNEL = daemonSet('kube-flannel', 'kube-flannel-ds', 'app=flannel');
const CILIUM = daemonSet('kube-system', 'cilium', 'k8s-app=cilium');

const UPDATE = `mutation ($input: UpdateClusterInput!) {
  updateCluster(input: $input) {
    clientMutationId userErrors { code field }
    cluster { name labels profile { enforcement isEnforced ipBlockMatchesPods setByHand podCidrs } }
  }
}`;

async function idOf(slug: string): Promise<string> {
  const { cluster } = await server.data(`query ($slug: String!) { cluster(slug: $slug) { id } }`, {
    slug,
  });
  return cluster.id as string;
}

/** What the payload of updateCluster has. */
async function update(slug: string, input: object) {
  const { updateCluster } = await server.data(UPDATE, {
    input: { clusterId: await idOf(slug), ...input },
  });
  return updateCluster;
}

const reach = (from: string, more = ''): string => `canReach(
    from: { pod: { namespace: "shop", name: "${from}" } }
    to: { pod: { namespace: "shop", name: "db" } }
    traffic: { protocol: TCP, port: 5432 } ${more}
  ) { verdict verdictIfEnforced allowed { text } denied { text }
      explanation { text ingress { verdict nearMisses { reason } } } caveats { code message } }`;

function codes({ caveats }: { caveats: readonly { code: string }[] }): string[] {
  return caveats.map(({ code }) => code);
}

describe('a profile', () => {
  it('is detected from an upload, with reasons', async () => {
    const id = await server.upload('detected', 'shop.yaml', SHOP + CILIUM);
    const profile = `profile {
      enforcement isEnforced ipBlockMatchesPods hostNetworkPods allowNodeToLocalPods priorityTies podCidrs tenantsLabelNamespaces protectedNamespaceLabels
      dns { pods { namespaces pods } nodeLocalAddress traffic { text } } ingressControllers { pods } setByHand
      detections { setting value reason object confidence } }`;
    const found = await server.snapshot(id, `${profile} caveats { code } cluster { ${profile} }`);
    expect(found.profile).toMatchObject({
      enforcement: 'CILIUM',
      isEnforced: true,
      ipBlockMatchesPods: false,
      hostNetworkPods: 'NODE',
      allowNodeToLocalPods: true,
      priorityTies: 'SMALLER_NAME_FIRST',
      dns: { pods: { pods: 'k8s-app=kube-dns' }, traffic: { text: 'TCP 53; UDP 53' } },
      ingressControllers: [],
      tenantsLabelNamespaces: false,
      protectedNamespaceLabels: [],
      setByHand: [],
      detections: [
        {
          setting: 'enforcement',
          value: 'CILIUM',
          object: 'DaemonSet kube-system/cilium',
          confidence: 'LIKELY',
          reason: expect.stringContaining('Cilium'),
        },
      ],
    });
    expect(found.cluster.profile).toEqual(found.profile);
    expect(codes(found)).toEqual([]);
  });

  it('says who may label namespaces, when that was set by hand', async () => {
    const id = await server.upload('tenants', 'shop.yaml', SHOP);
    const labelling = {
      tenantsLabelNamespaces: true,
      protectedNamespaceLabels: ['team', 'a.io/b'],
    };
    const { userErrors } = await update('tenants', { profile: labelling });
    expect(userErrors).toEqual([]);
    const profile = 'profile { tenantsLabelNamespaces protectedNamespaceLabels setByHand }';
    expect((await server.snapshot(id, profile)).profile).toEqual({
      tenantsLabelNamespaces: true,
      protectedNamespaceLabels: ['a.io/b', 'team'],
      setByHand: ['protectedNamespaceLabels', 'tenantsLabelNamespaces'],
    });
    await update('tenants', { profile: { tenantsLabelNamespaces: null } });
    expect((await server.snapshot(id, profile)).profile).toMatchObject({
      tenantsLabelNamespaces: false,
      setByHand: ['protectedNamespaceLabels'],
    });
    const refused = await update('tenants', { profile: { protectedNamespaceLabels: ['a b'] } });
    expect(refused.userErrors).toMatchObject([
      { code: 'INVALID', field: ['input', 'profile', 'protectedNamespaceLabels', '0'] },
    ]);
  });

  it('decides whether an ipBlock matches pods, and answers follow its changes', async () => {
    const id = await server.upload('switched', 'shop.yaml', SHOP);
    const ask = async () => (await server.snapshot(id, reach('web'))).canReach;
    const before = await ask();
    expect(before.verdict).toBe('ALLOWED');
    expect(codes(before)).toEqual(['IP_BLOCK_MATCHES_PODS', 'ENFORCEMENT_UNKNOWN']);
    const { cluster } = await update('switched', { profile: { enforcement: 'CILIUM' } });
    expect(cluster.profile).toMatchObject({
      enforcement: 'CILIUM',
      ipBlockMatchesPods: false,
      setByHand: ['enforcement'],
    });
    const after = await ask();
    expect(after).toMatchObject({ verdict: 'DENIED', verdictIfEnforced: 'DENIED' });
    expect(after.explanation.ingress.nearMisses).toEqual([{ reason: 'IP_BLOCK_OF_POD' }]);
    expect(codes(after)).toEqual(['IP_BLOCK_MATCHES_PODS']);
    const rows = `whoCanReach(target: { pod: { namespace: "shop", name: "db" } }, groupBy: POD, peers: { external: false }) {
      totalCount caveats { code } }`;
    expect((await server.snapshot(id, rows)).whoCanReach).toEqual({
      totalCount: 0,
      caveats: [{ code: 'IP_BLOCK_MATCHES_PODS' }],
    });
    await update('switched', { profile: { enforcement: null, ipBlockMatchesPods: true } });
    expect((await ask()).verdict).toBe('ALLOWED');
  });

  it('is set when a cluster is created, and changed field by field', async () => {
    const input = {
      slug: 'by-hand',
      profile: { enforcement: 'CALICO', podCidrs: ['10.244.7.0/16'] },
    };
    const created = await server.data(
      `mutation ($input: CreateClusterInput!) { createCluster(input: $input) {
        cluster { profile { enforcement podCidrs } } userErrors { field } } }`,
      { input },
    );
    expect(created.createCluster).toEqual({
      cluster: { profile: { enforcement: 'CALICO', podCidrs: ['10.244.0.0/16'] } },
      userErrors: [],
    });
    await Promise.all([
      update('by-hand', { name: 'By hand', labels: { env: 'test' } }),
      update('by-hand', { profile: { ipBlockMatchesPods: false } }),
      update('by-hand', { profile: { podCidrs: null } }),
    ]);
    const { cluster, clientMutationId } = await update('by-hand', { clientMutationId: 'm' });
    expect(clientMutationId).toBe('m');
    expect(cluster).toEqual({
      name: 'By hand',
      labels: { env: 'test' },
      profile: {
        enforcement: 'CALICO',
        isEnforced: true,
        ipBlockMatchesPods: false,
        setByHand: ['enforcement', 'ipBlockMatchesPods'],
        podCidrs: [],
      },
    });
  });

  it('with mistakes is refused at the field, and nothing is changed', async () => {
    await server.upload('mistaken', 'shop.yaml', SHOP);
    const profile = { enforcement: 'NONE', podCidrs: ['10.0.0/8'], dnsPods: { pods: 'app in' } };
    const refused = await update('mistaken', { name: ' ', profile });
    expect(refused).toMatchObject({
      cluster: null,
      userErrors: [
        { code: 'INVALID', field: ['input', 'name'] },
        { code: 'INVALID', field: ['input', 'profile', 'dnsPods', 'pods'] },
        { code: 'INVALID', field: ['input', 'profile', 'podCidrs', '0'] },
      ],
    });
    const { cluster } = await update('mistaken', {});
    expect(cluster.profile.setByHand).toEqual([]);
    for (const clusterId of ['x', await idOf('mistaken').then((id) => `${id}x`)]) {
      const { updateCluster } = await server.data(UPDATE, { input: { clusterId } });
      expect(updateCluster.userErrors).toEqual([
        { code: 'NOT_FOUND', field: ['input', 'clusterId'] },
      ]);
    }
  });
});

describe('a cluster in which nothing enforces policies', () => {
  let id: string;
  beforeAll(async () => {
    id = await server.upload('open', 'shop.yaml', SHOP + FLANNEL);
  });

  it('allows everything, says so, and shows what would be denied', async () => {
    const { canReach, profile, caveats } = await server.snapshot(
      id,
      `${reach('probe')} profile { enforcement isEnforced } caveats { code }`,
    );
    expect(profile).toEqual({ enforcement: 'NONE', isEnforced: false });
    expect(codes({ caveats })).toEqual(['POLICIES_NOT_ENFORCED']);
    expect(canReach).toMatchObject({
      verdict: 'ALLOWED',
      verdictIfEnforced: 'DENIED',
      allowed: { text: 'TCP 5432' },
      denied: { text: 'None' },
      explanation: { ingress: { verdict: 'DENIED' } },
    });
    expect(canReach.explanation.text).toContain('If they were enforced: **DENIED**');
    expect(codes(canReach)).toContain('POLICIES_NOT_ENFORCED');
    expect(codes(canReach)).not.toContain('ENFORCEMENT_UNKNOWN');
  });

  it('is answered about as if policies were enforced when a question says so', async () => {
    const { canReach } = await server.snapshot(id, reach('probe', 'assumeEnforced: true'));
    expect(canReach).toMatchObject({ verdict: 'DENIED', verdictIfEnforced: 'DENIED' });
    expect(codes(canReach)).toContain('POLICIES_NOT_ENFORCED');
  });

  it('has everything in its lists and exports, with the reason', async () => {
    const list = (more = ''): string => `whoCanReach(
        target: { pod: { namespace: "shop", name: "db" } }, groupBy: POD
        peers: { external: false, hosts: false } ${more}
      ) { nodes { source { ... on Pod { name } } traffic { isAll text } ingressReason { code } } caveats { code } }`;
    const { whoCanReach } = await server.snapshot(id, list());
    expect(whoCanReach.nodes).toMatchObject([
      {
        source: { name: 'probe' },
        traffic: { isAll: true },
        ingressReason: { code: 'NOT_ENFORCED' },
      },
      {
        source: { name: 'web' },
        traffic: { isAll: true },
        ingressReason: { code: 'NOT_ENFORCED' },
      },
    ]);
    expect(codes(whoCanReach)).toContain('POLICIES_NOT_ENFORCED');
    const enforced = await server.snapshot(id, list('assumeEnforced: true'));
    expect(enforced.whoCanReach.nodes).toMatchObject([
      { source: { name: 'web' }, traffic: { text: 'TCP 5432' } },
    ]);
    const count = async (query: string): Promise<number> => {
      const path = `/v1/snapshots/${id}/allowed-access?format=json&groupBy=POD${query}`;
      const { body } = await request(server.url).get(path).expect(200);
      const { caveats, rowCount } = body as { caveats: { code: string }[]; rowCount: number };
      expect(codes({ caveats })).toContain('POLICIES_NOT_ENFORCED');
      return rowCount;
    };
    expect(await count('')).toBeGreaterThan(await count('&assumeEnforced=true'));
    const bad = `/v1/snapshots/${id}/allowed-access?assumeEnforced=maybe`;
    await request(server.url).get(bad).expect(400);
  });

  it('still shows in diffs what a change of policies opens', async () => {
    const opened = POLICY.replace('10.1.0.0/16', '10.0.0.0/8');
    const head = await server.upload('open', 'shop.yaml', [opened, ...PODS, FLANNEL].join(''));
    const { diff } = await server.data(
      `query ($base: ID!, $head: ID!) { diff(base: { id: $base }, head: { id: $head }) {
        equivalent summary { opened } caveats { code } } }`,
      { base: id, head },
    );
    expect(diff).toMatchObject({ equivalent: false, summary: { opened: 2 } });
    expect(codes(diff)).toContain('POLICIES_NOT_ENFORCED');
    expect(codes(diff)).not.toContain('PROFILES_DIFFER');
  });

  it('is not taken for one when only a part of it was uploaded', async () => {
    const { createSnapshot } = await server.data(
      `mutation ($input: CreateSnapshotInput!) { createSnapshot(input: $input) {
        snapshot { profile { enforcement detections { value confidence } } caveats { code message } } } }`,
      {
        input: {
          cluster: 'open',
          manifests: { files: [{ path: 'part.yaml', content: SHOP + FLANNEL }] },
          completeness: 'PARTIAL',
          waitSeconds: 60,
        },
      },
    );
    const { profile, caveats } = createSnapshot.snapshot;
    expect(profile).toEqual({
      enforcement: 'UNKNOWN',
      detections: [{ value: 'NONE', confidence: 'UNSURE' }],
    });
    expect(codes({ caveats })).toEqual(['SNAPSHOT_PARTIAL', 'ENFORCEMENT_UNKNOWN']);
    expect(caveats[1].message).toContain('DaemonSet kube-flannel/kube-flannel-ds');
  });
});

it('two snapshots of different profiles are read alike by a diff, which says so', async () => {
  const base = await server.upload('before', 'shop.yaml', SHOP);
  const head = await server.upload('after', 'shop.yaml', SHOP + CILIUM);
  const { diff } = await server.data(
    `query ($base: ID!, $head: ID!) { diff(base: { id: $base }, head: { id: $head }) {
      changes(filter: { internet: false }) { nodes { source { ... on Workload { name } } destination { ... on Workload { name } } } }
      caveats { code } } }`,
    { base, head },
  );
  const touched = (
    diff.changes.nodes as { source: { name: string }; destination: { name: string } }[]
  ).filter((change) => change.source.name !== 'cilium' && change.destination.name !== 'cilium');
  expect(touched).toEqual([]);
  expect(codes(diff)).toContain('PROFILES_DIFFER');
});
