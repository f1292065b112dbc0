import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, namespace, policy } from '../../findings.test-support.js';
import { NAMED_PORT_WITHOUT_POD as RULE } from './np305-named-port-without-pod.js';

const SHOP =
  namespace('shop') +
  deployment('shop', 'web', '', ', ports: [{ name: http, containerPort: 8080 }]');
const egress = (rule: string): string =>
  policy('shop', 'p', `podSelector: {}, policyTypes: [Egress], egress: [{ ${rule} }]`);
const BLOCK = '{ ipBlock: { cidr: 192.0.2.0/24 } }';
const WEB = '{ podSelector: { matchLabels: { app: web } } }';

describe('NP305', () => {
  it('finds names towards addresses', async () => {
    expect(
      await findingsOf(
        RULE,
        SHOP + egress(`to: [${BLOCK}], ports: [{ port: 443 }, { port: http }]`),
      ),
    ).toMatchObject([{ path: 'spec.egress[0].ports[1]', severity: 'HIGH', confidence: 'CERTAIN' }]);
  });

  it('is milder where pods are meant as well', async () => {
    expect(
      await findingsOf(RULE, SHOP + egress(`to: [${BLOCK}, ${WEB}], ports: [{ port: http }]`)),
    ).toMatchObject([{ severity: 'MEDIUM', confidence: 'LIKELY' }]);
    expect(await findingsOf(RULE, SHOP + egress('ports: [{ port: http }]'))).toMatchObject([
      { severity: 'LOW', confidence: 'POSSIBLE' },
    ]);
  });

  it('is grave where no pod has the name, if all pods are known', async () => {
    const nobody = SHOP + egress('ports: [{ port: dns }]');
    expect(await findingsOf(RULE, nobody)).toMatchObject([{ severity: 'HIGH' }]);
    expect(await findingsOf(RULE, nobody, { isComplete: false })).toMatchObject([
      { severity: 'LOW' },
    ]);
  });

  it('is content with numbers, with pods, and with ingress', async () => {
    expect(await findingsOf(RULE, SHOP + egress(`to: [${BLOCK}], ports: [{ port: 443 }]`))).toEqual(
      [],
    );
    expect(await findingsOf(RULE, SHOP + egress(`to: [${WEB}], ports: [{ port: http }]`))).toEqual(
      [],
    );
    const ingress = policy(
      'shop',
      'p',
      `podSelector: {}, ingress: [{ from: [${BLOCK}], ports: [{ port: http }] }]`,
    );
    expect(await findingsOf(RULE, SHOP + ingress)).toEqual([]);
  });
});
