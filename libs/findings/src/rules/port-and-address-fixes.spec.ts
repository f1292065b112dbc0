import { profileOf } from '@portolan/engine';
import type { FixEdit } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../test/support/analyse.js';
import { findAll } from '../find-all.js';
import type { FindingRule } from '../finding-rule.js';
import { deployment, namespace, policy } from '../findings.test-support.js';
import { METADATA_SERVICE_REACHABLE } from './ip-block/np407-metadata-service-reachable.js';
import { SERVICE_PORT_INSTEAD_OF_POD_PORT } from './port/np301-service-port-instead-of-pod-port.js';
import { NAMED_PORT_UNRESOLVED } from './port/np303-named-port-unresolved.js';
import { DNS_ONE_PROTOCOL } from './port/np307-dns-one-protocol.js';

async function editsOf(rule: FindingRule, text: string): Promise<readonly FixEdit[]> {
  const { analysis, sources } = await analyseFiles([{ path: 'a.yaml', text }]);
  const { profile } = profileOf(analysis.view, true);
  const [found] = findAll(
    { analysis, profile, isComplete: true, problems: [], base: null, sources },
    [rule],
  );
  return found?.fix?.edits ?? [];
}

const web = (ports: string): string =>
  namespace('shop') + deployment('shop', 'web', '', `, ports: [${ports}]`);
const service = (ports: string): string => `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [${ports}] }
`;
const ingress = (rules: string): string =>
  policy('shop', 'p', `podSelector: {}, ingress: [${rules}]`);
const egress = (rules: string): string =>
  policy('shop', 'p', `podSelector: {}, policyTypes: [Egress], egress: [${rules}]`);

describe('mechanical fixes', () => {
  it('NP301 writes what the Service leads to', async () => {
    const rules = ingress('{ ports: [{ port: 443 }, { port: 80 }] }');
    const path = ['spec', 'ingress', 0, 'ports', 1, 'port'];
    const named =
      web('{ name: http, containerPort: 8080 }') + service('{ port: 80, targetPort: http }');
    expect(await editsOf(SERVICE_PORT_INSTEAD_OF_POD_PORT, named + rules)).toEqual([
      { op: 'set', path, value: 'http' },
    ]);
    const numbered = web('{ containerPort: 8080 }') + service('{ port: 80, targetPort: 8080 }');
    expect(await editsOf(SERVICE_PORT_INSTEAD_OF_POD_PORT, numbered + rules)).toEqual([
      { op: 'set', path, value: 8080 },
    ]);
  });

  it('NP303 writes the protocol of the name', async () => {
    const dns = web('{ name: dns, containerPort: 53, protocol: UDP }');
    expect(
      await editsOf(NAMED_PORT_UNRESOLVED, dns + ingress('{ ports: [{ port: dns }] }')),
    ).toEqual([{ op: 'set', path: ['spec', 'ingress', 0, 'ports', 0, 'protocol'], value: 'UDP' }]);
  });

  it('NP307 adds the other protocol behind the last port', async () => {
    const rule = egress('{ ports: [{ port: 53, protocol: UDP }] }');
    expect(await editsOf(DNS_ONE_PROTOCOL, web('{ containerPort: 80 }') + rule)).toEqual([
      {
        op: 'set',
        path: ['spec', 'egress', 0, 'ports', 1],
        value: { protocol: 'TCP', port: 53 },
      },
    ]);
  });

  it('NP407 keeps the exceptions that there are', async () => {
    const block =
      '{ to: [{ podSelector: {} }, { ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }] }';
    expect(
      await editsOf(METADATA_SERVICE_REACHABLE, web('{ containerPort: 80 }') + egress(block)),
    ).toEqual([
      {
        op: 'set',
        path: ['spec', 'egress', 0, 'to', 1, 'ipBlock', 'except'],
        value: ['10.0.0.0/8', '169.254.169.254/32', '169.254.170.2/32'],
      },
    ]);
    const exact = egress('{ to: [{ ipBlock: { cidr: 169.254.169.254/32 } }] }');
    expect(await editsOf(METADATA_SERVICE_REACHABLE, web('{ containerPort: 80 }') + exact)).toEqual(
      [],
    );
  });
});
