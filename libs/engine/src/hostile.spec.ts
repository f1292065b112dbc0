import { ANY_TRAFFIC, type BlastRadiusQuestion } from '@portolan/model';
import { describe, expect, it, vi } from 'vitest';
import { analyseObjects } from '../../../test/support/analyse.js';
import { atomCount } from './build/address-atoms.js';
import { exportAccess } from './questions/allowed-access.js';
import { blastRadius } from './questions/blast-radius/blast-radius.js';

/** What may explode on hostile input is counted, not timed. */
const PODS = 60;

function pod(i: number, ports: object[] = []): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'a', name: `pod-${i}`, labels: { id: `v${i}` } },
    spec: { containers: [{ name: 'main', ports }] },
    status: { phase: 'Running', podIP: `10.0.0.${i}`, podIPs: [{ ip: `10.0.0.${i}` }] },
  };
}

const PODS_OF_A = Array.from({ length: PODS }, (_, i) => pod(i));

function policies(count: number, spec: (i: number) => object): object[] {
  return Array.from({ length: count }, (_, i) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace: 'a', name: `policy-${i}` },
    spec: spec(i),
  }));
}

function matching(operator: 'In' | 'NotIn', ...ids: number[]): object {
  return { matchExpressions: [{ key: 'id', operator, values: ids.map((id) => `v${id}`) }] };
}

describe('hostile clusters', () => {
  it('keep one set for all selectors that select the same', async () => {
    const { analysis } = await analyseObjects([
      ...PODS_OF_A,
      ...policies(300, (i) => ({
        podSelector: matching('In', i % PODS, PODS + i),
        ingress: [{ from: [{ podSelector: matching('In', (i + 1) % PODS, 2 * PODS + i) }] }],
      })),
    ]);
    const { classSets, classes } = analysis.index;
    expect(classes.count).toBe(PODS);
    expect(classSets.offsets.length - 1).toBeLessThanOrEqual(PODS + 1);
  });

  it('of NotIn with a port each are exported without a set for each pair and step', async () => {
    const { analysis } = await analyseObjects([
      ...PODS_OF_A,
      ...policies(120, (i) => ({
        podSelector: matching('NotIn', i % PODS),
        ingress: [
          {
            from: [{ podSelector: matching('NotIn', (i * 7) % PODS) }],
            ports: [{ port: 1 + 2 * i }],
          },
        ],
      })),
    ]);
    let rows = 0;
    for (const { traffic } of exportAccess(analysis, { groupBy: 'POD', isEnforced: true }))
      if (traffic.length > 100) rows++;
    expect(rows).toBe(PODS * (PODS - 1));
    expect(analysis.traffic.size).toBeLessThan(2 * PODS * PODS);
  });

  it('of networks with exceptions are cut at their bounds alone', async () => {
    const { analysis } = await analyseObjects([
      ...PODS_OF_A,
      ...policies(500, (i) => ({
        podSelector: matching('In', i % PODS),
        ingress: [
          {
            from: [
              {
                ipBlock: {
                  cidr: `10.${i % 250}.0.0/16`,
                  except: [`10.${i % 250}.${i % 7}.0/24`, `10.${i % 250}.9.${i % 11}/32`],
                },
              },
            ],
          },
        ],
      })),
    ]);
    const { addressSets, atoms } = analysis.index;
    expect(atomCount(atoms)).toBeLessThanOrEqual(6 * 500 + 2);
    // Each a network with two holes: three ranges at most.
    expect(addressSets.items.length).toBeLessThanOrEqual(6 * (addressSets.offsets.length - 1));
  });

  it('of many port tables have an entry for each meaning of a name, not for each class', async () => {
    const tables = 10;
    const { analysis } = await analyseObjects([
      ...Array.from({ length: PODS }, (_, i) =>
        pod(i, [{ name: 'http', containerPort: 8000 + (i % tables) }]),
      ),
      ...policies(50, (i) => ({
        podSelector: matching('In', i),
        policyTypes: ['Egress'],
        egress: [{ to: [{ podSelector: matching('NotIn', i) }], ports: [{ port: 'http' }] }],
      })),
    ]);
    const { compiled, traffic } = analysis.index;
    expect(compiled.entryRule.length).toBeLessThanOrEqual(50 * tables);
    expect(traffic.offsets.length - 1).toBeLessThanOrEqual(tables + 2);
  });
});

describe('reach over any number of hops', () => {
  it('asks once by whom a class is reached, for all questions about the same traffic', async () => {
    const { analysis } = await analyseObjects([
      ...PODS_OF_A,
      ...policies(PODS, (i) => ({
        podSelector: matching('In', i),
        ingress: [{ from: [{ podSelector: matching('In', (i + 1) % PODS) }] }],
      })),
    ]);
    const asked = vi.spyOn(analysis, 'sideTraffic');
    const hops = (i: number): number | null => {
      const answer = blastRadius(analysis, radiusOf(i));
      return answer.ok ? answer.answer.hops.length : null;
    };
    for (let i = 0; i < 10; i++) expect(hops(i)).toBe(PODS - 1);
    const before = asked.mock.calls.length;
    expect(before).toBeGreaterThan(0);
    for (let i = 0; i < 10; i++) expect(hops(i)).toBe(PODS - 1);
    expect(asked).toHaveBeenCalledTimes(before);
  });
});

function radiusOf(i: number): BlastRadiusQuestion {
  return {
    source: { kind: 'pod', namespace: 'a', name: `pod-${i}` },
    traffic: ANY_TRAFFIC,
    maxHops: null,
    hosts: true,
    isEnforced: true,
    rowsOfHop: null,
    pathTo: null,
  };
}
