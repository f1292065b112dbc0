import { describe, expect, it } from 'vitest';
import { analyseObjects } from '../../../test/support/analyse.js';
import { DEFAULT_PEER_SCOPE } from '@portolan/model';
import { whoCanReach } from './questions/who-can-reach.js';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'a', name: 'one', labels: { app: 'one' } },
  spec: { containers: [{ name: 'main' }] },
};

interface Sketch {
  readonly priority: number;
  readonly action: 'Accept' | 'Deny' | 'Pass';
  readonly port?: number;
  readonly tier?: 'Admin' | 'Baseline';
  readonly subject?: object;
  readonly from?: object;
}

function policy(sketch: Sketch, i: number): object {
  const { priority, action, port, tier = 'Admin' } = sketch;
  const protocols =
    port === undefined ? {} : { protocols: [{ tcp: { destinationPort: { number: port } } }] };
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: `p${i}` },
    spec: {
      tier,
      priority,
      subject: sketch.subject ?? { namespaces: {} },
      ingress: [{ action, from: [sketch.from ?? { namespaces: {} }], ...protocols }],
    },
  };
}

async function isAmbiguous(...sketches: Sketch[]): Promise<boolean> {
  const { analysis } = await analyseObjects([POD, ...sketches.map(policy)]);
  const asked = whoCanReach(analysis, {
    endpoint: { kind: 'pod', namespace: 'a', name: 'one' },
    traffic: { protocol: null, port: null, endPort: null, portName: null },
    groupBy: 'POD',
    peers: { ...DEFAULT_PEER_SCOPE, self: true },
    page: { offset: 0, limit: 10 },
    isExplained: true,
    isEnforced: true,
  });
  return asked.ok && asked.answer.caveats.some(({ code }) => code === 'PRIORITY_AMBIGUOUS');
}

const others = { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'b' } } };

describe('PRIORITY_AMBIGUOUS', () => {
  it.each<[string, boolean, Sketch[]]>([
    [
      'equal priorities that disagree',
      true,
      [
        { priority: 1, action: 'Deny' },
        { priority: 1, action: 'Accept' },
      ],
    ],
    [
      'and one of them passes',
      true,
      [
        { priority: 1, action: 'Deny' },
        { priority: 1, action: 'Pass' },
      ],
    ],
    [
      'different priorities',
      false,
      [
        { priority: 1, action: 'Deny' },
        { priority: 2, action: 'Accept' },
      ],
    ],
    [
      'the same action',
      false,
      [
        { priority: 1, action: 'Deny' },
        { priority: 1, action: 'Deny' },
      ],
    ],
    [
      'different ports',
      false,
      [
        { priority: 1, action: 'Deny', port: 80 },
        { priority: 1, action: 'Accept', port: 81 },
      ],
    ],
    [
      'different peers',
      false,
      [
        { priority: 1, action: 'Deny' },
        { priority: 1, action: 'Accept', from: others },
      ],
    ],
    [
      'different subjects',
      false,
      [
        { priority: 1, action: 'Deny' },
        { priority: 1, action: 'Accept', subject: others },
      ],
    ],
    [
      'different tiers',
      false,
      [
        { priority: 1, action: 'Deny' },
        { priority: 1, action: 'Accept', tier: 'Baseline' },
      ],
    ],
  ])('%s: %s', async (_, expected, sketches) => {
    expect(await isAmbiguous(...sketches)).toBe(expected);
  });
});
