import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { REDUNDANT_RULE } from './np701-redundant-rule.js';

const SHOP =
  namespace('shop') +
  deployment('shop', 'web', ', tier: front', ', ports: [{ name: http, containerPort: 8080 }]') +
  deployment('shop', 'cart');
const WEB = '{ podSelector: { matchLabels: { app: web } } }';
const CART = '{ podSelector: { matchLabels: { app: cart } } }';

function ofRules(...rules: readonly string[]): string {
  return SHOP + policy('shop', 'p', `podSelector: {}, ingress: [${rules.join()}]`);
}

async function found(manifests: string, isComplete = true): Promise<string[]> {
  const all = await findingsOf(REDUNDANT_RULE, manifests, { isComplete });
  return all.map(({ object, path, severity, confidence }) =>
    [object.replace('NetworkPolicy shop/', ''), path, severity, confidence].join(' '),
  );
}

describe('NP701', () => {
  it('finds a rule that another rule of the policy contains, for certain', async () => {
    expect(
      await found(
        ofRules(`{ from: [${WEB}], ports: [{ port: 80 }] }`, `{ from: [${WEB}, ${CART}] }`),
      ),
    ).toEqual(['p spec.ingress[0] LOW CERTAIN']);
  });

  it('finds a rule that several others contain together', async () => {
    const both =
      '{ podSelector: { matchExpressions: [{ key: app, operator: In, values: [web, cart] }] } }';
    expect(
      await found(ofRules(`{ from: [${WEB}] }`, `{ from: [${CART}] }`, `{ from: [${both}] }`)),
    ).toEqual(['p spec.ingress[2] LOW CERTAIN']);
  });

  it('finds a rule whose ports, named ones as well, several others admit from everyone', async () => {
    const half = (from: number, to: number): string =>
      `{ ports: [{ port: ${from}, endPort: ${to} }] }`;
    const rule = `{ from: [${WEB}], ports: [{ port: http }, { port: 80 }] }`;
    expect(await found(ofRules(half(1, 1000), half(1001, 65535), rule))).toEqual([
      'p spec.ingress[2] LOW CERTAIN',
    ]);
    expect(await found(ofRules(half(1, 1000), half(1002, 65535), rule))).not.toContain(
      'p spec.ingress[2] LOW CERTAIN',
    );
  });

  it('judges many policies with a port each, of which none does what another does', async () => {
    const many = Array.from({ length: 400 }, (_, i) =>
      policy(
        'shop',
        `p${i}`,
        `podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { app: a${i} } } }] }, { ports: [{ port: ${1000 + 2 * i} }] }]`,
      ),
    );
    expect(await found(SHOP + many.join(''))).toEqual([]);
  });

  it('keeps the first of two that contain each other', async () => {
    expect(await found(ofRules(`{ from: [${WEB}] }`, `{ from: [${WEB}] }`))).toEqual([
      'p spec.ingress[1] LOW CERTAIN',
    ]);
  });

  it('finds a rule that a policy of more pods contains', async () => {
    const narrow = policy(
      'shop',
      'narrow',
      `podSelector: { matchLabels: { app: web } }, ingress: [{ from: [${CART}] }, { from: [${WEB}] }]`,
    );
    expect(await found(ofRules(`{ from: [${CART}] }`) + narrow)).toEqual([
      'narrow spec.ingress[0] LOW CERTAIN',
    ]);
  });

  it('says so where it holds for the pods that exist alone, and nothing in a part of a cluster', async () => {
    const front = '{ podSelector: { matchLabels: { tier: front } } }';
    const same = ofRules(`{ from: [${WEB}] }`, `{ from: [${front}] }`);
    expect(await found(same)).toEqual(['p spec.ingress[1] INFO LIKELY']);
    expect(await found(same, false)).toEqual([]);
  });

  it('finds networks within networks, less what is excepted', async () => {
    const blocks = (cidr: string): string =>
      ofRules(
        `{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }] }`,
        `{ from: [{ ipBlock: { cidr: ${cidr} } }] }`,
      );
    expect(await found(blocks('10.2.0.0/16'))).toEqual(['p spec.ingress[1] LOW CERTAIN']);
    expect(await found(blocks('10.1.2.0/24'))).toEqual([]);
  });

  it('lets no network stand for pods: plugins are free in that', async () => {
    expect(
      await found(ofRules(`{ from: [{ ipBlock: { cidr: 0.0.0.0/0 } }] }`, `{ from: [${WEB}] }`)),
    ).toEqual([]);
  });

  it('takes a port name for its number only for the pods that exist', async () => {
    const toWeb = (...ports: readonly string[]): string =>
      SHOP +
      policy(
        'shop',
        'p',
        `podSelector: { matchLabels: { app: web } }, ingress: [${ports.map((port) => `{ from: [${CART}], ports: [{ port: ${port} }] }`).join()}]`,
      );
    expect(await found(toWeb('8080', 'http'))).toEqual(['p spec.ingress[1] INFO LIKELY']);
    expect(await found(toWeb('http', 'http'))).toEqual(['p spec.ingress[1] LOW CERTAIN']);
    expect(await found(toWeb('8081', 'http'))).toEqual([]);
  });

  it('leaves alone what is for pods to come, and ports of another protocol', async () => {
    const client = '{ podSelector: { matchLabels: { role: client } } }';
    expect(await found(ofRules(`{ from: [${WEB}] }`, `{ from: [${client}] }`))).toEqual([]);
    expect(
      await found(
        ofRules(
          `{ from: [${WEB}], ports: [{ port: 53 }] }`,
          `{ from: [${WEB}], ports: [{ port: 53, protocol: UDP }] }`,
        ),
      ),
    ).toEqual([]);
  });

  it('leaves rules beside one that admits everything to NP505', async () => {
    expect(await found(ofRules('{}', `{ from: [${WEB}] }`))).toEqual([]);
  });
});
