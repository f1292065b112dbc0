import { gzipSync } from 'node:zlib';
import type { Problem, SnapshotContent } from '@portolan/model';
import { dump } from 'js-yaml';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MANIFEST_LIMITS, type ManifestLimits } from './limits.js';
import { codes, found, read, viewOf } from './manifests.test-support.js';
import { readManifests } from './read-manifests.js';

describe('readManifests: what objects become', () => {
  it('reads a policy with its defaults and the lines of its parts', async () => {
    const content = await read(`# a policy
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
  - from:
    - podSelector: {}
    - ipBlock:
        cidr: 10.1.2.3/8
    ports:
    - port: 80
  egress:
  - {}
`);
    const { snapshot, sources } = viewOf(content);
    expect(snapshot.policy(0)).toMatchObject({ kind: 'NETWORK_POLICY', namespace: 0, name: 'web' });
    expect(snapshot.policy(0).spec).toEqual({
      tier: 'NETWORK_POLICY',
      priority: null,
      subject: {
        namespaceSelector: null,
        podSelector: [{ key: 'app', operator: 'In', values: ['web'] }],
      },
      directions: ['INGRESS', 'EGRESS'],
      ingress: [
        {
          name: null,
          action: 'ALLOW',
          peers: [
            { kind: 'pods', namespaceSelector: null, podSelector: [] },
            { kind: 'networks', cidrs: ['10.0.0.0/8'], except: [] },
          ],
          ports: [{ protocol: 'TCP', port: 80, endPort: null }],
        },
      ],
      egress: [{ name: null, action: 'ALLOW', peers: null, ports: null }],
    });
    const lineOf = (direction: 'INGRESS' | 'EGRESS', peer: number | null): number | undefined =>
      sources.locateRule({ policy: 0, direction, rule: 0, peer })?.startLine;
    expect([lineOf('INGRESS', null), lineOf('INGRESS', 0), lineOf('INGRESS', 1)]).toEqual([
      8, 9, 10,
    ]);
    expect(lineOf('EGRESS', null)).toBe(15);
    expect(sources.locate('POLICY', 0)).toEqual(place('a.yaml', 0, 2, 15));
    expect(found(content)).toEqual([
      ['CIDR_HOST_BITS', 'spec.ingress[0].from[1].ipBlock.cidr', 11],
    ]);
  });

  it('keeps ports of all containers, addresses, node and phase of a pod', async () => {
    const { snapshot } = viewOf(
      await read(`apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web, on: 'yes'}}
spec:
  nodeName: n1
  initContainers: [{ports: [{containerPort: 15090, name: metrics}]}]
  containers: [{ports: [{containerPort: 53, protocol: UDP}]}]
  ephemeralContainers: [{ports: [{containerPort: 1}]}]
status:
  phase: Running
  podIP: 10.0.0.1
  podIPs: [{ip: 10.0.0.1}, {ip: 'FD00::1'}]
`),
    );
    expect(snapshot.pod(0)).toMatchObject({
      name: 'web',
      // A key that is a word of YAML 1.1 is that word: kubectl reads it so.
      labels: { app: 'web', true: 'yes' },
      ports: [
        { name: 'metrics', port: 15090, protocol: 'TCP' },
        { name: null, port: 53, protocol: 'UDP' },
      ],
      ips: [
        { family: 4, words: [0x0a000001] },
        { family: 6, words: [0xfd000000, 0, 0, 1] },
      ],
      node: 'n1',
      phase: 'Running',
      terminated: false,
      template: false,
    });
  });

  it('gives a hostNetwork pod the addresses of its host', async () => {
    const { snapshot } = viewOf(
      await read(`apiVersion: v1
kind: Pod
metadata: {name: a, namespace: b}
spec: {hostNetwork: true}
status: {hostIP: 192.168.0.1}
`),
    );
    expect(snapshot.pod(0)).toMatchObject({ hostNetwork: true, ips: [{ words: [0xc0a80001] }] });
  });

  it.each([
    ['v1', 'POD', 'dns-n1'],
    ['example.io/v1', 'OTHER', 'n1'],
  ])(
    'takes a pod that a Node of %s owns for a workload of kind %s',
    async (apiVersion, kind, name) => {
      const { snapshot } = viewOf(
        await read(`apiVersion: v1
kind: Pod
metadata:
  name: dns-n1
  ownerReferences: [{apiVersion: ${apiVersion}, kind: Node, name: n1, controller: true}]
`),
      );
      expect(snapshot.workload(0)).toMatchObject({ kind, name });
    },
  );

  it('takes the internal and external addresses of nodes', async () => {
    const { snapshot } = viewOf(
      await read(`apiVersion: v1
kind: Node
metadata: {name: n1, labels: {zone: a}}
status: {addresses: [{type: InternalIP, address: 10.0.0.1}, {type: Hostname, address: n1}]}
`),
    );
    expect(snapshot.node(0)).toMatchObject({
      name: 'n1',
      labels: { zone: 'a' },
      ips: [{ family: 4 }],
    });
  });

  it('keeps cluster-scoped policies by name and kind, apart from namespaces', async () => {
    const text = [
      clusterPolicy('ClusterNetworkPolicy', 'b', 'tier: Admin, priority: 1, '),
      clusterPolicy('AdminNetworkPolicy', 'b', 'priority: 1, '),
      clusterPolicy('ClusterNetworkPolicy', 'a', 'tier: Admin, priority: 1, '),
      clusterPolicy('BaselineAdminNetworkPolicy', 'default', ''),
      object('networking.k8s.io/v1', 'NetworkPolicy', ''),
    ].join('---\n');
    const content = await read(text);
    expect(content.problems).toEqual([]);
    expect(content.parts.map(({ namespace }) => namespace)).toEqual(['', 'ns']);
    expect(content.stats).toMatchObject({
      objects: 5,
      namespaces: 1,
      policies: 5,
      // An Admin policy says the same in either kind.
      distinctPolicySpecs: 3,
    });
    const { snapshot } = viewOf(content);
    expect(snapshot.firstClusterPolicy).toBe(1);
    expect([1, 2, 3, 4].map((i) => snapshot.policy(i))).toMatchObject([
      { kind: 'CLUSTER_NETWORK_POLICY', name: 'a', namespace: -1 },
      { kind: 'ADMIN_NETWORK_POLICY', name: 'b' },
      { kind: 'CLUSTER_NETWORK_POLICY', name: 'b' },
      { kind: 'BASELINE_ADMIN_NETWORK_POLICY', name: 'default' },
    ]);
    const reversed = await read(...text.split('---\n').reverse());
    expect(reversed.digest).toBe(content.digest);
  });

  it('keeps nodes and cluster-scoped policies in one part', async () => {
    const node = 'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\n';
    const policy = clusterPolicy('AdminNetworkPolicy', 'a', 'priority: 1, ');
    const content = await read(`${policy}---\n${node}`);
    const { snapshot, sources } = viewOf(content);
    expect(content.parts.length).toBe(1);
    expect([snapshot.node(0).name, snapshot.policy(0).name]).toEqual(['n1', 'a']);
    expect([sources.locate('NODE', 0), sources.locate('POLICY', 0)]).toEqual([
      place('a.yaml', 1, 6, 8),
      place('a.yaml', 0, 1, 4),
    ]);
  });

  it('labels every namespace with its name, declared or not', async () => {
    const content = await read(`apiVersion: v1
kind: Namespace
metadata: {name: a, labels: {kubernetes.io/metadata.name: x, team: t}}
---
apiVersion: v1
kind: Pod
metadata: {name: p}
`);
    const { snapshot } = viewOf(content);
    expect([snapshot.namespace(0), snapshot.namespace(1)]).toMatchObject([
      { name: 'a', declared: true, labels: { 'kubernetes.io/metadata.name': 'a', team: 't' } },
      { name: 'default', declared: false, labels: { 'kubernetes.io/metadata.name': 'default' } },
    ]);
    expect(codes(content)).toEqual(['METADATA_NAME_LABEL', 'DEFAULT_NAMESPACE']);
  });

  it('counts kinds by group that the analysis does not need', async () => {
    const content = await read(
      `${object('v1', 'Secret', 'data: {password: aHVudGVyMg==}')}---
${object('cilium.io/v2', 'CiliumNetworkPolicy', 'spec: {}')}---
${object('projectcalico.org/v3', 'NetworkPolicy', 'spec: {selector: all()}')}`,
    );
    expect(content.problems.map(({ code, severity, kind }) => [code, severity, kind])).toEqual([
      ['IGNORED_KIND', 'INFO', 'Secret'],
      ['UNSUPPORTED_POLICY_KIND', 'WARNING', 'cilium.io/CiliumNetworkPolicy'],
      ['UNSUPPORTED_POLICY_KIND', 'WARNING', 'projectcalico.org/NetworkPolicy'],
    ]);
    expect(content.skippedKinds).toContainEqual({ group: '', kind: 'Secret', count: 1 });
    expect(content.stats).toMatchObject({ objects: 0, skipped: 3 });
    expect(everything(content)).not.toContain('aHVudGVyMg');
  });
});

describe('readManifests: forms of input', () => {
  it('gives equal objects an equal digest, whatever their form, order and files', async () => {
    const [namespace, pod, policy] = OBJECTS as [object, Record<string, unknown>, object];
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [policy, { ...LIST, items: [pod] }, namespace],
    };
    const bare = { metadata: pod.metadata, spec: pod.spec };
    const contents = await Promise.all([
      read(YAML_OBJECTS),
      read(YAML_OBJECTS.replaceAll('\n', '\r\n')),
      read(`\ufeff${YAML_OBJECTS}`),
      read(OBJECTS.map((one) => JSON.stringify(one)).join('\n')),
      read(JSON.stringify(list, null, 2)),
      read(
        JSON.stringify({ ...LIST, items: [namespace, policy] }),
        JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: [bare] }),
      ),
      read(...YAML_OBJECTS.split('---\n').reverse()),
      readManifests(
        { kind: 'stream', path: 'a.yaml.gz', chunks: bytewise(gzipSync(YAML_OBJECTS)) },
        LIMITS,
      ),
      readManifests(
        { kind: 'tarGz', chunks: chunked(await tarGz([{ name: 'x/a.yaml', text: YAML_OBJECTS }])) },
        LIMITS,
      ),
    ]);
    expect(new Set(contents.map(({ digest }) => digest))).toEqual(new Set([contents[0].digest]));
    expect(contents[0].stats).toMatchObject({ objects: 3, namespaces: 1, pods: 1, policies: 1 });
    for (const content of contents) expect(content.problems).toEqual([]);
    const again = await read(YAML_OBJECTS);
    expect(again.sourceDigest).toBe(contents[0].sourceDigest);
    const moved = await read(`# moved\n${YAML_OBJECTS}`);
    expect([moved.digest, moved.sourceDigest === again.sourceDigest]).toEqual([
      again.digest,
      false,
    ]);
  });

  it('gives elements of a list their own lines', async () => {
    const yaml = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Pod
  metadata: {name: a, namespace: ns}
- apiVersion: v1
  kind: Pod
  metadata:
    name: b
    namespace: ns
`;
    const json = JSON.stringify({ ...LIST, items: [OBJECTS[1], OBJECTS[2]] }, null, 1);
    const fromYaml = viewOf(await read(yaml)).sources;
    expect(fromYaml.locate('POD', 0)).toEqual(place('a.yaml', 0, 4, 6));
    expect(fromYaml.locate('POD', 1)).toEqual(place('a.yaml', 0, 7, 11));
    const fromJson = viewOf(await read(json)).sources;
    const lines = json.split('\n');
    const policyLine = lines.findIndex((line) => line.includes('"NetworkPolicy"'));
    expect(fromJson.locate('POLICY', 0)?.startLine).toBe(policyLine - 1);
    const rule = fromJson.locateRule({ policy: 0, direction: 'INGRESS', rule: 0, peer: 0 });
    expect(lines[rule!.startLine]).toContain('podSelector');
  });

  it('reads nothing from empty input', async () => {
    for (const text of ['', '\n', '---\n---\n', '# nothing\n', '[]']) {
      expect((await read(text)).stats.objects).toBe(0);
    }
    expect((await read('')).problems).toEqual([]);
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    const source = {
      kind: 'stream',
      path: 'a',
      chunks: chunked(Buffer.from(YAML_OBJECTS)),
    } as const;
    await readManifests(source, LIMITS, ({ objects }) => seen.push(objects));
    expect(seen).not.toEqual([]);
  });

  it('passes on a failure of the source', async () => {
    const source = { kind: 'tarGz', chunks: broken() } as const;
    await expect(readManifests(source, LIMITS)).rejects.toThrow('connection lost');
  });
});

describe('readManifests: bad input loses only itself', () => {
  const good = object('v1', 'Pod', '');
  it.each<[string, string, [string, string | null, number][]]>([
    ['a YAML error', 'a: [1\nb: 2\n', [['SYNTAX', null, 2]]],
    ['a duplicate key', 'kind: Pod\nkind: Pod\n', [['SYNTAX', null, 2]]],
    ['broken JSON', '{"a": 1,\n "b": 2]\n', [['SYNTAX', null, 2]]],
    ['JSON nested too deeply', `${'['.repeat(2000)}\n`, [['TOO_LARGE', null, 1]]],
    ['YAML nested too deeply', `a: ${'['.repeat(2000)}\n`, [['TOO_LARGE', null, 1]]],
    ['an alias without anchor', 'a: *b\n', [['SYNTAX', null, 1]]],
    ['a template', 'a: 1\nb: {{ .x }}\nc: d: e\n', [['TEMPLATE', null, 2]]],
    ['text that is no object', 'just text\n', [['NOT_AN_OBJECT', null, 1]]],
    ['an object without kind', 'apiVersion: v1\n', [['NOT_AN_OBJECT', null, 1]]],
  ])('%s', async (_, bad, expected) => {
    const content = await read(`${bad}---\n${good}`);
    expect(found(content)).toEqual(expected);
    expect(content.stats).toMatchObject({ objects: 1, skipped: 1 });
  });

  it('an alias bomb', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`);
    const content = await read(`a0: &a0 x\n${rows.join('\n')}\n---\n${good}`);
    expect(codes(content)).toEqual(['TOO_LARGE']);
    expect(content.stats.objects).toBe(1);
  });

  it('text that is not UTF-8', async () => {
    const files = [
      { path: 'bad.yaml', content: Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]) },
      { path: 'good.yaml', content: Buffer.from(good) },
    ];
    const content = await readManifests({ kind: 'files', files }, LIMITS);
    expect(content.problems).toMatchObject([{ code: 'NOT_UTF8', location: { path: 'bad.yaml' } }]);
    expect(content.stats.objects).toBe(1);
  });

  it('a broken value in a stream of JSON', async () => {
    const content = await read(
      `${JSON.stringify(OBJECTS[0])}\n{"a" 1}\n${JSON.stringify(OBJECTS[1])}\n`,
    );
    expect(found(content)).toEqual([['SYNTAX', null, 2]]);
    expect(content.stats.objects).toBe(2);
  });

  it.each([
    ['a name', `metadata: {name: '{{ x }}', namespace: ns}`, 'metadata.name'],
    [
      'a label',
      `metadata: {name: a, namespace: ns, labels: {app: '{{ x }}'}}`,
      'metadata.labels.app',
    ],
  ])('a placeholder of a template in %s', async (_, metadata, field) => {
    const content = await read(`apiVersion: v1\nkind: Pod\n${metadata}\n`);
    expect(content.problems).toMatchObject([
      { code: 'TEMPLATE', outcome: 'SKIPPED_TEMPLATE', field },
    ]);
  });

  it('takes {{ in an annotation and in what is not kept', async () => {
    const content = await read(`apiVersion: v1
kind: Pod
metadata: {name: a, namespace: ns, annotations: {x: '{{ y }}'}}
spec: {containers: [{env: [{name: A, value: '{{ b }}'}]}]}
`);
    expect([codes(content), content.stats.objects]).toEqual([[], 1]);
  });

  it('an earlier object of the same kind, namespace and name', async () => {
    const content = await read(
      object('v1', 'Pod', ''),
      object('v1', 'Pod', 'spec: {nodeName: n2}'),
    );
    expect(content.problems).toMatchObject([
      {
        code: 'DUPLICATE',
        outcome: 'DUPLICATE',
        severity: 'WARNING',
        location: { path: 'a.yaml' },
      },
    ]);
    expect(content.problems[0]!.message).toContain('b.yaml, line 1');
    expect(viewOf(content).snapshot.pod(0).node).toBe('n2');
  });

  it('an earlier cluster-scoped policy of the same kind and name, whatever its namespace', async () => {
    const policy = clusterPolicy('AdminNetworkPolicy', 'a', 'priority: 1, ');
    const content = await read(policy, policy.replace('name: a', 'name: a, namespace: b'));
    expect(codes(content)).toEqual(['DUPLICATE', 'INVALID_OBJECT']);
    expect(content.stats).toMatchObject({ objects: 1, policies: 1 });
  });

  it('a cluster-scoped policy that is not valid, or a template', async () => {
    const content = await read(
      [
        clusterPolicy('ClusterNetworkPolicy', 'a', 'tier: Admin, '),
        clusterPolicy('ClusterNetworkPolicy', 'b', "tier: '{{ x }}', priority: 1, "),
        clusterPolicy('ClusterNetworkPolicy', 'c', 'tier: Admin, priority: 1, '),
      ].join('---\n'),
    );
    expect(found(content)).toEqual([
      ['INVALID_OBJECT', 'spec.priority', 4],
      ['TEMPLATE', 'spec.tier', 9],
    ]);
    expect(content.stats).toMatchObject({ policies: 1, skipped: 2 });
  });
});

describe('readManifests: archives', () => {
  it('reads manifests, counts other files, and refuses entries that are none', async () => {
    const archive = await tarGz([
      { name: 'a.yaml', text: object('v1', 'Pod', '') },
      { name: 'notes.txt', text: 'x' },
      { name: '../b.yaml', text: object('v1', 'Pod', '') },
      { name: '/etc/c.yaml', text: '' },
      { name: 'd.yaml', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'e.yaml', type: 'link', linkname: 'a.yaml' },
      { name: 'f', type: 'character-device' },
      { name: 'dir', type: 'directory' },
      { name: 'x\ny.yaml', text: '' },
    ]);
    const content = await readManifests({ kind: 'tarGz', chunks: chunked(archive) }, LIMITS);
    expect(content.stats).toMatchObject({ objects: 1, skipped: 7 });
    expect(content.problems.map(({ code, location }) => [code, location.path])).toEqual(
      ['../b.yaml', '/etc/c.yaml', 'd.yaml', 'e.yaml', 'f', 'x\ny.yaml'].map((path) => [
        'UNSAFE_PATH',
        path,
      ]),
    );
  });

  it('keeps what stands in front of the damage', async () => {
    const texts = Array.from({ length: 40 }, (_, i) =>
      object('v1', 'Pod', '').replace('name: a', `name: a${i}`),
    );
    const archive = await tarGz(
      texts.map((text, i) => ({ name: `${i}.yaml`, text: text + noise(i) })),
    );
    const cut = archive.subarray(0, Math.floor(archive.length / 2));
    for (const kind of ['tarGz', 'stream'] as const) {
      const content = await readManifests({ kind, path: 'a.tgz', chunks: chunked(cut) }, LIMITS);
      expect(codes(content)).toEqual(['ARCHIVE_DAMAGED']);
      expect(content.stats.objects).toBeGreaterThan(5);
      expect(content.stats.objects).toBeLessThan(40);
    }
  });

  it('refuses what is no archive', async () => {
    const content = await readManifests(
      { kind: 'tarGz', chunks: chunked(Buffer.from('hello')) },
      LIMITS,
    );
    expect(codes(content)).toEqual(['ARCHIVE_DAMAGED']);
  });
});

describe('readManifests: limits', () => {
  const zeros = { name: 'z.yaml', text: ' '.repeat(3_000_000) };
  it.each<[string, Partial<ManifestLimits>]>([
    ['bytes', { maxUnpackedBytes: 1_000_000 }],
    ['files', { maxFiles: 1 }],
    ['objects', { maxObjects: 1 }],
  ])('refuses an upload with too many %s as a whole', async (_, limit) => {
    const pod = object('v1', 'Pod', '');
    const archive = await tarGz([{ name: 'a.yaml', text: `${pod}---\n${pod}` }, zeros]);
    const content = await readManifests(
      { kind: 'tarGz', chunks: chunked(archive) },
      { ...LIMITS, ...limit },
    );
    expect(content.problems).toMatchObject([
      { code: 'TOO_LARGE', severity: 'ERROR', outcome: 'TOO_LARGE' },
    ]);
    expect([content.parts, content.stats.objects]).toEqual([[], 0]);
  });

  it('leaves out a document that is too large, and reads on', async () => {
    const text = `${object('v1', 'ConfigMap', `data: {a: ${'x'.repeat(5000)}}`)}---\n${object('v1', 'Pod', '')}`;
    const source = { kind: 'stream', path: 'a', chunks: bytewise(Buffer.from(text)) } as const;
    const content = await readManifests(source, { ...LIMITS, maxDocumentBytes: 2000 });
    expect([codes(content), content.stats.objects]).toEqual([['TOO_LARGE'], 1]);
  });

  describe('on values', () => {
    const few = { maxValues: 50, maxDocumentValues: 200 };
    const meta = { name: 'a', namespace: 'ns' };
    const bomb = Array.from({ length: 100 }, () => []);
    const pod = (fields: object): object => ({ apiVersion: 'v1', kind: 'Pod', ...fields });
    const pods = (count: number): object => ({
      ...LIST,
      items: Array.from({ length: count }, (_, i) => pod({ metadata: { ...meta, name: `p${i}` } })),
    });
    const manyKeys = Object.fromEntries(bomb.map((_, i) => [`k${i}`, 1]));
    const forms: [string, (value: object) => string][] = [
      ['JSON', (value) => JSON.stringify(value)],
      ['YAML as machines write it', (value) => dump(value)],
      ['YAML of another form', (value) => `# flow\n${dump(value, { flowLevel: 2 })}`],
    ];
    describe.each(forms)('in %s', (_form, write) => {
      const readFew = (value: object): Promise<SnapshotContent> => {
        const text = `${write(value)}\n---\n${object('v1', 'Pod', '')}`;
        const files = [{ path: 'a', content: Buffer.from(text) }];
        return readManifests({ kind: 'files', files }, { ...LIMITS, ...few });
      };
      it.each([
        ['in a field that is kept', pod({ metadata: { ...meta, labels: { a: bomb } } })],
        ['before the kind is known', { x: bomb, ...pod({ metadata: meta }) }],
        ['in a policy', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', x: bomb }],
        ['in many objects of a list', pods(60)],
        ['as keys of one map', pod({ metadata: { ...meta, annotations: manyKeys } })],
      ])('leaves out a document with too many %s, and reads on', async (_, value) => {
        const content = await readFew(value);
        expect([codes(content), content.stats.objects]).toEqual([['TOO_LARGE'], 1]);
      });

      it('counts each element of a list for itself', async () => {
        expect((await readFew(pods(25))).stats.objects).toBe(26);
      });
    });

    // The reference reader builds all values.
    it.each(forms.slice(0, 2))(
      'does not count what is not kept, nor build it: %s',
      async (_, write) => {
        const text = write(pod({ metadata: {}, x: bomb }));
        const files = [{ path: 'a', content: Buffer.from(text) }];
        const content = await readManifests({ kind: 'files', files }, { ...LIMITS, ...few });
        expect(content.problems).toMatchObject([
          { code: 'INVALID_OBJECT', field: 'metadata.name' },
        ]);
      },
    );
  });

  it.each(['{}\n', '{"a" 1}\n', '[]\n'])('counts values of a stream of JSON: %j', async (value) => {
    const files = [{ path: 'a', content: Buffer.from(value.repeat(30)) }];
    const content = await readManifests({ kind: 'files', files }, { ...LIMITS, maxObjects: 20 });
    expect([codes(content), content.problems[0]?.message]).toEqual([
      ['TOO_LARGE'],
      expect.stringContaining('refused as a whole'),
    ]);
  });

  it('counts problems beyond the limit, and keeps the gravest', async () => {
    const secrets = Array.from({ length: 5 }, () => object('v1', 'Secret', ''));
    const text = [...secrets, 'a: [\n', ...secrets].join('---\n');
    const files = [{ path: 'a', content: Buffer.from(text) }];
    const content = await readManifests({ kind: 'files', files }, { ...LIMITS, maxProblems: 3 });
    expect(codes(content)).toEqual(['IGNORED_KIND', 'IGNORED_KIND', 'SYNTAX']);
    expect(content.problemsOmitted).toBe(8);
  });
});

const LIMITS = DEFAULT_MANIFEST_LIMITS;
const LIST = { apiVersion: 'v1', kind: 'List' };
const OBJECTS: readonly Readonly<Record<string, unknown>>[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'shop', labels: { b: '2', a: '1' } },
    spec: { containers: [{ ports: [{ containerPort: 80, name: 'http' }] }] },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      podSelector: { matchLabels: { a: '1' } },
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'http' }] }],
    },
  },
];
const YAML_OBJECTS = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
apiVersion: v1
kind: Pod
metadata:
  labels:
    a: "1"
    b: '2'
  name: web
  namespace: shop
spec:
  containers:
  - ports:
    - name: http
      containerPort: 80
      protocol: TCP
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector:
    matchExpressions: [{key: a, operator: In, values: ["1"]}]
  policyTypes: [Ingress]
  ingress:
  - from:
    - podSelector: {}
    ports:
    - protocol: TCP
      port: http
`;

/** A comment that does not pack well. */
function noise(seed: number): string {
  const words = Array.from({ length: 3000 }, (_, i) =>
    ((i * i * 7919 + seed * 104729) % 65521).toString(36),
  );
  return `# ${words.join('')}\n`;
}

function object(apiVersion: string, kind: string, rest: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, namespace: ns}\n${rest}\n`;
}

function clusterPolicy(kind: string, name: string, spec: string): string {
  return `apiVersion: policy.networking.k8s.io/v1alpha1
kind: ${kind}
metadata: {name: ${name}}
spec: {${spec}subject: {namespaces: {}}}
`;
}

function place(
  path: string,
  documentIndex: number,
  startLine: number,
  endLine: number,
): Problem['location'] {
  return { path, documentIndex, startLine, endLine };
}

/** All that is stored, as text. */
function everything({ parts, problems, skippedKinds }: SnapshotContent): string {
  const blocks = parts.flatMap(({ segment, sources }) => [segment.bytes, sources.bytes]);
  return JSON.stringify([problems, skippedKinds]) + Buffer.concat(blocks).toString('latin1');
}

interface TarEntry {
  readonly name: string;
  readonly text?: string;
  readonly type?: 'symlink' | 'link' | 'character-device' | 'directory';
  readonly linkname?: string;
}

async function tarGz(entries: readonly TarEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { text, ...header } of entries) archive.entry(header, text ?? '');
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

async function* chunked(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000)
    yield await Promise.resolve(bytes.subarray(at, at + 1000));
}

/** The worst case for whatever spans two chunks. */
async function* bytewise(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at++) yield await Promise.resolve(bytes.subarray(at, at + 1));
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(gzipSync('x'));
  throw new Error('connection lost');
}
