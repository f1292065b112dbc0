import { describe, expect, it } from 'vitest';
import {
  deployment,
  findingsOf,
  namespace,
  policy,
  type ShownFinding,
} from '../../findings.test-support.js';
import { DNS } from './dependency.test-support.js';
import { DNS_EGRESS_MISSING } from './np601-dns-egress-missing.js';

const SHOP = namespace('shop') + deployment('shop', 'web') + deployment('shop', 'db');
const WEB = 'podSelector: { matchLabels: { app: web } }, policyTypes: [Egress]';
const TO_DB = '{ to: [{ podSelector: { matchLabels: { app: db } } }] }';

/** What is found where web may send what some egress rules allow. */
const found = (egress: string, more = DNS): Promise<ShownFinding[]> =>
  findingsOf(
    DNS_EGRESS_MISSING,
    SHOP + more + policy('shop', 'web', `${WEB}, egress: [${egress}]`),
  );

describe('NP601', () => {
  it('finds a workload that may talk to others, and not to the DNS servers', async () => {
    expect(await found(TO_DB)).toMatchObject([
      { object: 'Deployment shop/web', severity: 'HIGH', confidence: 'LIKELY' },
    ]);
  });

  it.each([
    ['the wrong port', '{ to: [{ namespaceSelector: {} }], ports: [{ port: 8053 }] }'],
    [
      'wrong labels',
      `{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: dns } } }], ports: [{ port: 53 }] }`,
    ],
    ['the same namespace', '{ to: [{ podSelector: {} }] }'],
    [
      'the internet without private networks',
      '{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }, { podSelector: {} }] }',
    ],
  ])('finds %s', async (_, rule) => {
    expect(await found(rule)).toHaveLength(1);
  });

  it.each([
    [
      'a rule for the DNS pods',
      '{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }, podSelector: { matchLabels: { k8s-app: kube-dns } } }], ports: [{ protocol: UDP, port: 53 }] }',
    ],
    ['a rule for everyone on the port', '{ ports: [{ protocol: UDP, port: 53 }] }'],
    ['the address of the Service', '{ to: [{ ipBlock: { cidr: 10.96.0.0/16 } }] }'],
    [
      'a server outside',
      '{ to: [{ ipBlock: { cidr: 198.51.100.53/32 } }], ports: [{ protocol: UDP, port: 53 }] }',
    ],
    ['everything', '{}'],
  ])('is content with %s', async (_, rule) => {
    expect(await found(`${TO_DB}, ${rule}`)).toEqual([]);
  });

  it('counts what another policy allows', async () => {
    const dns = policy(
      'shop',
      'dns',
      'podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ protocol: UDP, port: 53 }] }]',
    );
    expect(await found(TO_DB, DNS + dns)).toEqual([]);
  });

  it('has little to say of who may send nothing at all', async () => {
    expect(await found('')).toMatchObject([{ severity: 'LOW', confidence: 'POSSIBLE' }]);
  });

  it('doubts what talks to addresses alone', async () => {
    expect(await found('{ to: [{ ipBlock: { cidr: 203.0.113.7/32 } }] }')).toMatchObject([
      { confidence: 'POSSIBLE' },
    ]);
  });

  it('finds servers that do not admit the queries', async () => {
    const closed = policy('kube-system', 'dns', 'podSelector: {}, policyTypes: [Ingress]');
    const rule = '{ to: [{ namespaceSelector: {} }], ports: [{ protocol: UDP, port: 53 }] }';
    const shown = await found(rule, DNS + closed);
    expect(shown.map(({ object }) => object)).toEqual(['Deployment shop/web']);
  });

  it('looks at the port that the Service leads to', async () => {
    const elsewhere = DNS.replace('protocol: UDP }', 'targetPort: 5353, protocol: UDP }').replace(
      'protocol: TCP }',
      'targetPort: 5353, protocol: TCP }',
    );
    const to = (port: number): string =>
      `{ to: [{ namespaceSelector: {} }], ports: [{ protocol: UDP, port: ${port} }] }`;
    expect(await found(to(53), elsewhere)).toHaveLength(1);
    expect(await found(to(5353), elsewhere)).toEqual([]);
  });

  it('supposes servers that are not in the snapshot', async () => {
    expect(await found(TO_DB, '')).toMatchObject([{ confidence: 'POSSIBLE' }]);
    expect(
      await found(
        '{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: kube-dns } } }] }',
        '',
      ),
    ).toEqual([]);
    // Whoever writes rules for DNS may know better where the servers are.
    expect(
      await found(
        '{ to: [{ namespaceSelector: { matchLabels: { role: dns } } }], ports: [{ protocol: UDP, port: 53 }] }',
        '',
      ),
    ).toEqual([]);
  });

  it('leaves out hostNetwork pods, jobs that are through, servers and who is not isolated', async () => {
    const host = deployment('shop', 'agent').replace(
      'spec: { containers',
      'spec: { hostNetwork: true, containers',
    );
    const done = `---
apiVersion: v1
kind: Pod
metadata: { name: done, namespace: shop, labels: { app: done } }
spec: { containers: [{ name: main }] }
status: { phase: Succeeded }
`;
    const all = (where: string): string =>
      policy(
        where,
        'all',
        'podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: x } } }] }]',
      );
    const cluster =
      namespace('shop') + host + done + DNS + namespace('open') + deployment('open', 'a');
    expect(
      await findingsOf(DNS_EGRESS_MISSING, cluster + all('shop') + all('kube-system')),
    ).toEqual([]);
  });

  it('is information in a part of a cluster, and nothing where policies have no effect', async () => {
    const text = SHOP + DNS + policy('shop', 'web', `${WEB}, egress: [${TO_DB}]`);
    expect(await findingsOf(DNS_EGRESS_MISSING, text, { isComplete: false })).toMatchObject([
      { severity: 'INFO' },
    ]);
    expect(await findingsOf(DNS_EGRESS_MISSING, text, { profile: { isEnforced: false } })).toEqual(
      [],
    );
  });
});
