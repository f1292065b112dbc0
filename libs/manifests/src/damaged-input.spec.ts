import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { SnapshotContent } from '@portolan/model';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MANIFEST_LIMITS } from './limits.js';
import { codes, found, read, viewOf } from './manifests.test-support.js';
import { readManifests } from './read-manifests.js';

const pod = (name: string): string =>
  `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}","namespace":"shop"},"spec":{"containers":[]}}`;

async function* chunksOf(bytes: Uint8Array, size = bytes.byteLength): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

function readStream(path: string, bytes: Uint8Array, size?: number): Promise<SnapshotContent> {
  return readManifests(
    { kind: 'stream', path, chunks: chunksOf(bytes, size) },
    DEFAULT_MANIFEST_LIMITS,
  );
}

function podNames(content: SnapshotContent): string[] {
  const { snapshot } = viewOf(content);
  return Array.from({ length: snapshot.podCount }, (_, i) => snapshot.pod(i).name);
}

async function archive(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const made = pack();
  for (const [name, text] of Object.entries(files)) made.entry({ name }, text);
  made.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of made) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('gzip that is damaged', () => {
  // Text that does not get much smaller, so that the damage comes late.
  const yaml = (name: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop}\nspec: {}\n${noise()}`;
  const noise = (): string => `\n# ${randomBytes(60_000).toString('base64')}\n`;

  it('keeps the documents in front of the damage', async () => {
    const documents = ['one', 'two', 'three'].map(yaml);
    const whole = gzipSync(documents.join('---\n'));
    for (const size of [1_000, whole.byteLength]) {
      const content = await readStream(
        'all.yaml.gz',
        whole.subarray(0, whole.byteLength - 60_000),
        size,
      );
      expect(podNames(content)).toEqual(['one', 'two']);
      expect(codes(content)).toEqual(['ARCHIVE_DAMAGED']);
    }
  });

  it('keeps the files in front of the damage', async () => {
    const files = { 'one.yaml': yaml('one'), 'two.yaml': yaml('two') };
    const whole = gzipSync(await archive(files));
    const content = await readStream('all.tgz', whole.subarray(0, whole.byteLength - 20_000));
    expect(podNames(content)).toEqual(['one']);
    expect(codes(content)).toEqual(['ARCHIVE_DAMAGED']);
  });
});

describe('archives', () => {
  it('are read without a magic number, as tar wrote them before POSIX', async () => {
    const bytes = await archive({ 'one.yaml': pod('one') });
    bytes.fill(0, 257, 265);
    bytes.fill(' ', 148, 156);
    const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    expect(podNames(await readStream('old.tar', bytes))).toEqual(['one']);
  });

  it('say of a path that it is too long, and show its beginning', async () => {
    const bytes = await archive({
      [`${'a/'.repeat(3_000)}one.yaml`]: pod('one'),
      'two.yaml': pod('two'),
    });
    const content = await readStream('all.tar', bytes);
    expect(podNames(content)).toEqual(['two']);
    expect(content.problems[0]).toMatchObject({ code: 'UNSAFE_PATH' });
    expect(content.problems[0]?.location.path).toHaveLength(1024);
  });
});

describe('JSON objects one a line', () => {
  it('lose none behind one that is not closed', async () => {
    const lines = [pod('one'), pod('two').slice(0, -1), pod('three'), '{"kind"', pod('four')];
    const content = await read(lines.join('\n'));
    expect(podNames(content)).toEqual(['four', 'one', 'three']);
    expect(found(content).map(([code, , line]) => [code, line])).toEqual([
      ['SYNTAX', 3],
      ['SYNTAX', 5],
    ]);
  });
});

describe('lists', () => {
  it.each(['', '"items":null,'])('without items (%s) are empty', async (items) => {
    const content = await read(`{${items}"apiVersion":"v1","kind":"List"}`);
    expect(codes(content)).toEqual([]);
  });

  it.each(['List', 'PodList'])('a %s whose items are no list is an error', async (kind) => {
    const yaml = `apiVersion: v1\nkind: ${kind}\nitems: {a: {apiVersion: v1, kind: Pod}}\n---\n${pod('one')}`;
    const content = await read(yaml);
    expect(found(content)).toEqual([['INVALID_OBJECT', 'items', 1]]);
    expect(podNames(content)).toEqual(['one']);
    const other = await read('apiVersion: example.org/v1\nkind: AllowList\nspec: {}\n');
    expect(codes(other)).toEqual(['IGNORED_KIND']);
  });

  it('tell the line of an element that is no object', async () => {
    const yaml = `apiVersion: v1\nkind: List\nitems:\n- ${pod('one')}\n- text\n- 7\n`;
    expect(found(await read(yaml))).toEqual([
      ['NOT_AN_OBJECT', null, 5],
      ['NOT_AN_OBJECT', null, 6],
    ]);
  });
});

describe('text that is too long to be told', () => {
  it('is cut in problems, and in names of kinds', async () => {
    const long = 'x'.repeat(100_000);
    const content = await read(
      `{"apiVersion":"v1","kind":"${long}","metadata":{"name":"${long}"}}\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${long}"},"spec":{}}`,
    );
    for (const { message, kind, object } of content.problems)
      for (const text of [message, kind, object]) expect(text?.length ?? 0).toBeLessThan(3_000);
    expect(content.skippedKinds[0]?.kind.length).toBeLessThan(400);
  });

  it('counts kinds beyond the thousandth together', async () => {
    const many = Array.from({ length: 1_500 }, (_, i) => `{"apiVersion":"v1","kind":"Kind${i}"}`);
    const { skippedKinds } = await read([...many, ...many].join('\n'));
    expect(skippedKinds).toHaveLength(1_001);
    expect(skippedKinds).toContainEqual({ group: '', kind: '(other kinds)', count: 1_000 });
  });
});

describe('byte order marks', () => {
  it('may stand in front of every document', async () => {
    const content = await read(`\uFEFF${pod('one')}\n---\n\uFEFF${pod('two')}\n`);
    expect(podNames(content)).toEqual(['one', 'two']);
    expect(codes(content)).toEqual([]);
  });
});

describe('policies of other projects', () => {
  it.each([
    'k8s.ovn.org/v1 EgressFirewall',
    'security.istio.io/v1 AuthorizationPolicy',
    'k8s.cni.cncf.io/v1beta1 MultiNetworkPolicy',
    'network.openshift.io/v1 EgressNetworkPolicy',
  ])('%s is said not to be evaluated', async (name) => {
    const [apiVersion, kind] = name.split(' ');
    const content = await read(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: p}\n`);
    expect(codes(content)).toEqual(['UNSUPPORTED_POLICY_KIND']);
  });
});
