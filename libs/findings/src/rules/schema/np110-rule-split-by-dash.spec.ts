import { describe, expect, it } from 'vitest';
import {
  deployment,
  findingsOf,
  namedFindings,
  namespace,
  policy,
} from '../../findings.test-support.js';
import { RULE_SPLIT_BY_DASH } from './np110-rule-split-by-dash.js';

const listening = (...ports: number[]): string =>
  `, ports: [${ports.map((port) => `{ containerPort: ${String(port)} }`).join(', ')}]`;
const shop = (ports: string): string =>
  namespace('shop') +
  deployment('shop', 'db', '', ports) +
  deployment('shop', 'web') +
  deployment('shop', 'job');
const SHOP = shop(listening(5432));
const WEB = 'podSelector: { matchLabels: { app: web } }';
const onDb = (rules: string, name = 'db'): string =>
  policy(
    'shop',
    name,
    `podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress], ingress: ${rules}`,
  );
const SPLIT = `[{ from: [{ ${WEB} }] }, { ports: [{ port: 5432, protocol: TCP }] }]`;

describe('NP110', () => {
  it('finds a rule that is split in two, and joins it', async () => {
    const [found, ...more] = await namedFindings(RULE_SPLIT_BY_DASH, SHOP + onDb(SPLIT));
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      name: 'NetworkPolicy shop/db',
      finding: {
        severity: 'HIGH',
        confidence: 'LIKELY',
        path: 'spec.ingress[1]',
        fix: {
          yaml: '- from: [{ podSelector: { matchLabels: { app: web } } }]\n  ports: [{ protocol: TCP, port: 5432 }]',
          edits: [
            { op: 'set', path: ['spec', 'ingress', 0, 'ports'] },
            { op: 'remove', path: ['spec', 'ingress', 1] },
          ],
        },
      },
    });
    expect(found?.finding.message).toContain('addresses outside the cluster included');
  });

  it('finds it in the other order, where the ports come first', async () => {
    const found = await namedFindings(
      RULE_SPLIT_BY_DASH,
      SHOP + onDb(`[{ ports: [{ port: 5432 }] }, { from: [{ ${WEB} }] }]`),
    );
    expect(found[0]?.finding.fix?.edits).toMatchObject([
      { op: 'set', path: ['spec', 'ingress', 1, 'ports'] },
      { op: 'remove', path: ['spec', 'ingress', 0] },
    ]);
  });

  it('is less sure where no port is declared, and less so where others are', async () => {
    expect(await findingsOf(RULE_SPLIT_BY_DASH, shop('') + onDb(SPLIT))).toMatchObject([
      { severity: 'HIGH', confidence: 'POSSIBLE' },
    ]);
    expect(
      await findingsOf(RULE_SPLIT_BY_DASH, shop(listening(5432, 9187)) + onDb(SPLIT)),
    ).toMatchObject([{ severity: 'LOW', confidence: 'POSSIBLE' }]);
  });

  it('names only what is opened: not what another policy opens to everyone anyway', async () => {
    const open = onDb('[{ ports: [{ port: 5432 }] }]', 'open');
    const [found] = await findingsOf(RULE_SPLIT_BY_DASH, SHOP + open + onDb(SPLIT));
    expect(found?.message).toContain('every port');
    expect(found?.message).not.toContain('is open to');
  });

  it.each([
    ['one rule', onDb(`[{ from: [{ ${WEB} }], ports: [{ port: 5432 }] }]`)],
    [
      'rules that are both whole',
      onDb(`[{ from: [{ ${WEB} }], ports: [{ port: 5432 }] }, { ports: [{ port: 80 }] }]`),
    ],
    ['what everything in force opens anyway', onDb('[{}]', 'open') + onDb(SPLIT)],
    ['a policy of pods that are not there', onDb(SPLIT).replaceAll('app: db', 'app: cache')],
    [
      'egress to peers, and DNS to everyone',
      policy(
        'shop',
        'web',
        `${WEB}, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }] }, { ports: [{ port: 53, protocol: UDP }] }]`,
      ),
    ],
  ])('is content with %s', async (_, text) => {
    expect(await findingsOf(RULE_SPLIT_BY_DASH, SHOP + text)).toEqual([]);
  });

  it('is content with a whole namespace on every port and one port for everyone', async () => {
    const text =
      shop(listening(443, 9090)) +
      onDb('[{ from: [{ podSelector: {} }] }, { ports: [{ port: 443 }] }]');
    expect(await findingsOf(RULE_SPLIT_BY_DASH, text)).toEqual([]);
  });

  it('finds egress that is split, where the peers listen on nothing else', async () => {
    const text = policy(
      'shop',
      'web',
      `${WEB}, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: db } } }] }, { ports: [{ port: 5432 }] }]`,
    );
    expect(await findingsOf(RULE_SPLIT_BY_DASH, SHOP + text)).toMatchObject([
      { confidence: 'LIKELY' },
    ]);
  });
});
