import {
  ANY_TRAFFIC,
  ASSERTION_KINDS,
  type AssertionKind,
  type TrafficQuery,
} from '@portolan/model';
import fc from 'fast-check';
import {
  arbitraryNamespaceSelector,
  arbitraryPodSelector,
  NAMESPACES,
} from './arbitrary-labels.js';
import type { Selector } from './kubernetes.js';

/** An end of an assertion before the cluster is known; a workload is the owner of one of its pods. */
export type EndPlan =
  | { readonly is: 'workload'; readonly pod: number; readonly hasKind: boolean }
  | { readonly is: 'namespace'; readonly name: string }
  | {
      readonly is: 'pods';
      readonly namespaces: Selector | null;
      readonly pods: Selector;
    }
  | { readonly is: 'cidr'; readonly cidr: string }
  | { readonly is: 'internet' };

/** An assertion before the cluster is known. */
export interface AssertionPlan {
  readonly kind: AssertionKind;
  readonly from: readonly EndPlan[];
  readonly to: readonly EndPlan[];
  readonly traffic: TrafficQuery;
}

/** Networks of pods, of nodes, of both families, and such as cut those of policies. */
const CIDRS = [
  '10.0.0.0/16',
  '10.0.2.0/24',
  '10.0.2.10/32',
  '10.0.2.8/29',
  '192.168.0.0/24',
  '203.0.113.0/25',
  '0.0.0.0/0',
  '::/0',
  'fd00::/16',
  'fd01::/16',
];

const arbitraryEnd: fc.Arbitrary<EndPlan> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('workload' as const),
      pod: fc.nat({ max: 8 }),
      hasKind: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant('namespace' as const),
      name: fc.constantFrom(...NAMESPACES, 'nowhere'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      is: fc.constant('pods' as const),
      namespaces: fc.oneof(fc.constant(null), arbitraryNamespaceSelector),
      pods: arbitraryPodSelector,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constant('cidr' as const), cidr: fc.constantFrom(...CIDRS) }),
  },
  { weight: 1, arbitrary: fc.constant({ is: 'internet' as const }) },
);

const tcp = { ...ANY_TRAFFIC, protocol: 'TCP' } as const;
const arbitraryTraffic = fc.constantFrom<TrafficQuery>(
  ANY_TRAFFIC,
  ANY_TRAFFIC,
  { ...tcp, port: 80 },
  { ...tcp, port: 53, endPort: 8080 },
  { ...ANY_TRAFFIC, protocol: 'UDP' },
  { ...tcp, portName: 'http' },
  { ...ANY_TRAFFIC, protocol: 'UDP', portName: 'dns' },
);

const arbitraryEnds = fc.array(arbitraryEnd, { minLength: 1, maxLength: 3 });

/** Assertions of every kind. */
export const arbitraryAssertion: fc.Arbitrary<AssertionPlan> = fc.record({
  kind: fc.constantFrom(...ASSERTION_KINDS),
  from: arbitraryEnds,
  to: arbitraryEnds,
  traffic: arbitraryTraffic,
});
