import {
  DEFAULT_SWITCHES,
  HOST_NETWORK_HANDLINGS,
  OTHER_PROTOCOL_HANDLINGS,
  type PolicySwitches,
  PRIORITY_TIES,
} from '@portolan/model';
import fc from 'fast-check';
import type { KubernetesObject } from './kubernetes.js';

/** How policies are read: half of the time as most network plugins do. Shrinks to that. */
const arbitrarySwitches: fc.Arbitrary<PolicySwitches> = fc.oneof(
  fc.constant(DEFAULT_SWITCHES),
  fc.record({
    ipBlockMatchesPods: fc.constantFrom(true, false),
    hostNetworkPods: fc.constantFrom(...HOST_NETWORK_HANDLINGS),
    allowNodeToLocalPods: fc.constantFrom(true, false),
    priorityTies: fc.constantFrom(...PRIORITY_TIES),
    otherProtocols: fc.constantFrom(...OTHER_PROTOCOL_HANDLINGS),
  }),
);

/** Objects, and how their policies are read. */
export interface ReadObjects<Objects = KubernetesObject[]> {
  readonly objects: Objects;
  readonly switches: PolicySwitches;
}

/** What an arbitrary generates, to be read in some way. */
export function withSwitches<Objects>(
  objects: fc.Arbitrary<Objects>,
): fc.Arbitrary<ReadObjects<Objects>> {
  return fc.record({ objects, switches: arbitrarySwitches });
}
