import { describe, expect, it } from 'vitest';
import { codes, found, read, viewOf } from './manifests.test-support.js';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: good, namespace: shop, labels: {a: b, c: d}}
spec: {containers: [{name: c, ports: [{containerPort: 80, name: a}, {containerPort: 81, name: b}]}]}
`;

const NETWORK_POLICY =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a, namespace: b}';

describe('what is rejected changes nothing about what is taken', () => {
  it.each([
    ['labels', POD.replace('good', 'bad').replace('{a: b, c: d}', '{a: "b,c=d"}')],
    ['labels', POD.replace('good', 'bad').replace('{a: b, c: d}', '{a: "b/1:c/1:d"}')],
    [
      'ports',
      POD.replace('good', 'bad').replace(
        /\[\{containerPort.*$/m,
        '[{containerPort: 80, name: "a,TCP/81/b"}]}]}',
      ),
    ],
  ])('%s that spell out those of another object', async (_, bad) => {
    const content = await read(`${bad}---\n${POD}`);
    expect(codes(content)).toEqual(['INVALID_OBJECT']);
    const { snapshot } = viewOf(content);
    expect(snapshot.pod(0)).toMatchObject({
      name: 'good',
      labels: { a: 'b', c: 'd' },
      ports: [
        { name: 'a', port: 80 },
        { name: 'b', port: 81 },
      ],
    });
    expect(content.digest).toBe((await read(POD)).digest);
  });
});

describe('text that is nothing but long', () => {
  const MIB = 1024 * 1024;

  it.each([
    ['blank lines', '\n'.repeat(9 * MIB)],
    ['a list of nothing', `a:\n${'-\n'.repeat(12 * MIB)}`],
    ['an object with a list of nothing', `kind: Pod\nspec:\n${'-\n'.repeat(4 * MIB)}`],
  ])('%s: is too large, and costs nobody else', async (_, text) => {
    const content = await read(`${POD}---\n${text}`);
    expect(content.stats.pods).toBe(1);
    expect(codes(content)).toEqual(['TOO_LARGE']);
  });
});

describe('texts of any length', () => {
  const long = 'x'.repeat(1024 * 1024);

  it.each([
    ['a kind', `apiVersion: v1\nkind: ${long}\nmetadata: {name: a, namespace: b}\n`],
    ['a group', `apiVersion: ${long}/v1\nkind: K\nmetadata: {name: a, namespace: b}\n`],
    ['a name', `apiVersion: v1\nkind: Pod\nmetadata: {name: ${long}, namespace: ${long}}\n`],
    ['a label', `apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {${long}: b}}\n`],
    ['a field', `${NETWORK_POLICY}\nspec: {${long}: 1, podSelector: {}}\n`],
  ])('%s: is cut in problems', async (_, text) => {
    const content = await read(`${text}---\n${POD}`);
    expect(content.stats.pods).toBe(1);
    expect(content.problems.length).toBeGreaterThan(0);
    expect(JSON.stringify([content.problems, content.skippedKinds]).length).toBeLessThan(10_000);
  });
});

describe('a text that no object has room for', () => {
  const long = 'x'.repeat(2 * 1024 * 1024);
  const head = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n  namespace: shop\nspec:\n';
  const list = (nodeName: string): string =>
    JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' }, spec: { nodeName } });

  it.each([
    ['plain', `${head}  nodeName: ${long}\n`, 7],
    ['plain and folded', `${head}  nodeName: x\n${'   x\n'.repeat(500_000)}`, 7],
    ['quoted', `${head}  nodeName: "${long}"\n`, 7],
    ['quoted and folded', `${head}  nodeName: 'x\n${'   x\n'.repeat(500_000)}   x'\n`, 7],
    ['a block', `${head}  nodeName: |\n${'   x\n'.repeat(500_000)}`, 7],
    ['a key', `${head}  ${long}: 1\n`, 7],
    ['in YAML of another form', `${head}  {nodeName: ${long}}\n`, 7],
    ['in JSON', `\n${list(long)}`, 2],
    ['with escapes in JSON', `\n${list(`\n${long}`)}`, 2],
  ])('%s: is a problem with its line', async (_, text, line) => {
    const content = await read(text, POD);
    expect(found(content)).toEqual([['TOO_LARGE', null, line]]);
    expect(content.stats.pods).toBe(1);
  });

  it.each([
    ['YAML', `${head.replace('Pod', 'Secret').replace('spec', 'data')}  a: ${long}\n`],
    ['JSON', `{"apiVersion":"v1","data":{"a":"${long}"},"kind":"Secret","metadata":{"name":"a"}}`],
  ])('may be in what is not kept: %s', async (_, text) => {
    const content = await read(text, POD);
    expect(codes(content)).toEqual(['IGNORED_KIND']);
  });
});

describe('policies that nobody knows', () => {
  it.each([
    'apiVersion: v1\nkind: NetworkPolicy',
    'apiVersion: networking.k8s.io/v1\nkind: Networkpolicy',
    'apiVersion: Networking.k8s.io/v1\nkind: NetworkPolicy',
    'apiVersion: crd.antrea.io/v1beta1\nkind: ClusterNetworkPolicy',
  ])('%s: is said not to be evaluated', async (head) => {
    const content = await read(`${POD}---\n${head}\nmetadata: {name: p, namespace: shop}\n`);
    expect(found(content)).toEqual([['UNSUPPORTED_POLICY_KIND', null, 6]]);
  });
});
