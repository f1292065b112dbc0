import type { AccessAssertion, AssertedEnd, AssertionAnswer } from '@portolan/model';
import { ANY_TRAFFIC } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../../test/support/analyse.js';
import { checkAssertion } from './check-assertion.js';

const pod = (namespace: string, name: string, spec = ''): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: { app: ${name} } }
spec: { ${spec} containers: [{ name: main }] }
`;
const DENY_DATA = `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: data }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;
const NODE = `---
apiVersion: v1
kind: Node
metadata: { name: n1 }
status: { addresses: [{ type: ExternalIP, address: 198.100.1.1 }] }
`;
const ALL: AssertedEnd = { is: 'pods', namespaces: null, pods: [] };
const namespace = (name: string): AssertedEnd => ({ is: 'namespace', name });

async function check(
  text: string,
  fields: Pick<AccessAssertion, 'kind'> & Partial<AccessAssertion>,
): Promise<AssertionAnswer> {
  const { analysis } = await analyseFiles([{ path: 'a.yaml', text }]);
  return checkAssertion(analysis, { from: [], to: [], traffic: ANY_TRAFFIC, ...fields });
}

describe('checkAssertion', () => {
  it('lists the first ten of many, and stops counting at some point', async () => {
    const many = Array.from({ length: 40 }, (_, i) =>
      pod('shop', `web-${String(i).padStart(2, '0')}`),
    ).join('');
    const { broken } = await check(many, { kind: 'MUST_NOT_REACH', from: [ALL], to: [ALL] });
    expect(broken.listed).toHaveLength(10);
    expect([broken.count, broken.isCountComplete]).toEqual([1_000, false]);
    const some = await check(pod('shop', 'a') + pod('shop', 'b'), {
      kind: 'MUST_NOT_REACH',
      from: [ALL],
      to: [ALL],
    });
    expect([some.broken.count, some.broken.isCountComplete]).toEqual([2, true]);
  });

  it('leaves to no policy what none can forbid: a pod and its own node', async () => {
    const onNode = 'nodeName: n1,';
    const text = `${NODE}${pod('data', 'db', onNode)}${pod('kube', 'agent', `${onNode} hostNetwork: true,`)}${DENY_DATA}`;
    const hidden = await check(text, {
      kind: 'ONLY_REACHABLE_FROM',
      from: [namespace('shop')],
      to: [namespace('data')],
    });
    expect([hidden.isVacuous, hidden.broken.count]).toEqual([false, 0]);
    expect(hidden.caveats.map(({ code }) => code)).toContain('NODE_LOCAL_ALWAYS_ALLOWED');
    const internet = await check(text, {
      kind: 'MUST_NOT_REACH',
      from: [{ is: 'internet' }],
      to: [namespace('data')],
    });
    expect(internet.broken.count).toBe(0);
    const reached = await check(text, {
      kind: 'MUST_REACH',
      from: [namespace('kube')],
      to: [namespace('data')],
    });
    expect([reached.isVacuous, reached.broken.count]).toEqual([false, 0]);
  });

  it('finds that a pod of the host network is never isolated', async () => {
    const text = `${pod('data', 'db', 'hostNetwork: true,')}${DENY_DATA}`;
    const { broken } = await check(text, { kind: 'MUST_BE_ISOLATED', to: [namespace('data')] });
    expect(broken.listed[0]).toMatchObject({
      kind: 'NOT_ISOLATED',
      directions: ['INGRESS', 'EGRESS'],
    });
  });

  it('asserts nothing about one pod and itself, and of a template it does', async () => {
    const own = { from: [namespace('shop')], to: [namespace('shop')] };
    const one = await check(pod('shop', 'a'), { kind: 'MUST_REACH', ...own });
    expect(one.isVacuous).toBe(true);
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: a, namespace: shop }
spec: { selector: { matchLabels: { app: a } }, template: { metadata: { labels: { app: a } }, spec: { containers: [{ name: main }] } } }
`;
    const several = await check(deployment, { kind: 'MUST_NOT_REACH', ...own });
    expect([several.isVacuous, several.broken.count]).toEqual([false, 1]);
  });
});
