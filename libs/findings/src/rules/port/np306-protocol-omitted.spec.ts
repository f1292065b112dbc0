import { describe, expect, it } from 'vitest';
import { deployment, findingsOf, policy } from '../../findings.test-support.js';
import { PROTOCOL_OMITTED } from './np306-protocol-omitted.js';

const DNS =
  deployment(
    'dns',
    'dns',
    '',
    ', ports: [{ containerPort: 53 }, { name: udp, containerPort: 53, protocol: UDP }]',
  ) + deployment('dns', 'web');
const to = (ports: string, name = 'dns'): string =>
  policy(
    'dns',
    name,
    `podSelector: { matchLabels: { app: dns } }, ingress: [{ ports: [${ports}] }]`,
  );

describe('NP306', () => {
  it('tells once that TCP is meant, as information', async () => {
    expect(
      await findingsOf(PROTOCOL_OMITTED, DNS + to('{ port: 80 }, { port: 81 }')),
    ).toMatchObject([
      {
        object: 'NetworkPolicy dns/dns',
        path: 'spec.ingress[0].ports[0]',
        severity: 'INFO',
        occurrences: 2,
      },
    ]);
  });

  it.each(['{ port: 53 }', '{ port: 50, endPort: 60 }', '{ port: udp }'])(
    'is graver where the pods listen with another protocol: %s',
    async (port) => {
      expect(await findingsOf(PROTOCOL_OMITTED, DNS + to(port))).toMatchObject([
        { severity: 'MEDIUM', confidence: 'LIKELY' },
      ]);
    },
  );

  it('looks at the peers of egress rules', async () => {
    const text = policy(
      'dns',
      'web',
      'podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: { matchLabels: { app: dns } } }], ports: [{ port: 53 }] }]',
    );
    expect(await findingsOf(PROTOCOL_OMITTED, DNS + text)).toMatchObject([
      { path: 'spec.egress[0].ports[0]', severity: 'MEDIUM' },
    ]);
  });

  it('is not where an entry beside it, or another policy, lets that pass', async () => {
    const udp = '{ port: 53, protocol: UDP }';
    for (const text of [to(`{ port: 53 }, ${udp}`), to('{ port: 53 }') + to(udp, 'more')])
      expect(await findingsOf(PROTOCOL_OMITTED, DNS + text)).toMatchObject([{ severity: 'INFO' }]);
  });

  it('is content with a protocol, and with rules that are not looked at', async () => {
    const idle = to('{ port: 53 }', 'idle').replace('ingress:', 'policyTypes: [Egress], ingress:');
    expect(
      await findingsOf(PROTOCOL_OMITTED, DNS + to('{ port: 53, protocol: TCP }') + idle),
    ).toEqual([]);
  });
});
