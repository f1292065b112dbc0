import { describe, expect, it } from 'vitest';
import { codes, found, read, viewOf } from './manifests.test-support.js';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: good, namespace: shop, labels: {a: b, c: d}}
spec: {containers: [{name: c, ports: [{containerPort: 80, name: a}, {containerPort: 81, name: b}]}]}
`;

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
