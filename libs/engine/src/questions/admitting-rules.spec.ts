import type { TrafficSet } from '@portolan/model';
import { describe, expect, it } from 'vitest';
import { analyseFiles } from '../../../../test/support/analyse.js';
import { AdmittingRules, type RuleEnd } from './admitting-rules.js';

function pod(name: string, ip: string): string {
  return `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }
spec: { containers: [{ name: c }] }
status: { podIP: ${ip} }
`;
}

const POLICY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  podSelector: { matchLabels: { app: web } }
  policyTypes: [Ingress, Egress]
  ingress:
    - { from: [{ podSelector: { matchLabels: { app: db } } }], ports: [{ port: 80 }] }
    - { from: [{ podSelector: {} }], ports: [{ port: 443 }] }
    - { from: [{ ipBlock: { cidr: 10.0.0.0/30 } }], ports: [{ port: 22 }] }
  egress:
    - { to: [{ podSelector: { matchLabels: { app: db } } }] }
`;

const WEB = workload('web');
const DB = workload('db');

function workload(name: string): RuleEnd {
  return { kind: 'workload', namespace: 'shop', name, workloadKind: null };
}

function tcp(from: number, to: number = from): TrafficSet {
  return [{ protocol: 'TCP', from, to }];
}

describe('AdmittingRules', () => {
  async function rules(): Promise<AdmittingRules> {
    const text = POLICY + pod('web', '10.0.0.1') + pod('db', '10.0.0.2');
    return new AdmittingRules((await analyseFiles([{ path: 'a.yaml', text }])).analysis);
  }

  function named(admitting: AdmittingRules, from: RuleEnd, to: RuleEnd, traffic: TrafficSet) {
    return admitting
      .between(from, to, traffic)
      .map(({ direction, rule, traffic: own }) => [direction, rule, own]);
  }

  it('names the rules of both sides that admit some of the traffic, and what', async () => {
    const admitting = await rules();
    expect(named(admitting, DB, WEB, tcp(80, 443))).toEqual([
      ['INGRESS', 0, tcp(80)],
      ['INGRESS', 1, tcp(443)],
    ]);
    expect(named(admitting, WEB, DB, tcp(5432))).toEqual([['EGRESS', 0, tcp(5432)]]);
    expect(named(admitting, DB, WEB, tcp(8080))).toEqual([]);
  });

  it('takes a network for the addresses in it that no pod has', async () => {
    const admitting = await rules();
    expect(named(admitting, { kind: 'cidr', cidr: '10.0.0.0/30' }, WEB, tcp(1, 65535))).toEqual([
      ['INGRESS', 2, tcp(22)],
    ]);
    expect(named(admitting, { kind: 'cidr', cidr: '10.0.0.2/32' }, WEB, tcp(1, 65535))).toEqual([]);
    expect(named(admitting, { kind: 'cidr', cidr: '10.9.0.0/30' }, WEB, tcp(1, 65535))).toEqual([]);
  });

  it('knows no rules of what does not exist', async () => {
    expect(named(await rules(), workload('gone'), WEB, tcp(80))).toEqual([]);
  });
});
