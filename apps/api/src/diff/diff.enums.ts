import { registerEnumType } from '@nestjs/graphql';
import type { AccessChangeKind, ChangedObjectKind, ObjectChange } from '@portolan/model';

/** Which way access changed. */
export const AccessChangeKindEnum = {
  OPENED: 'OPENED',
  CLOSED: 'CLOSED',
  ALTERED: 'ALTERED',
} as const satisfies Record<AccessChangeKind, AccessChangeKind>;

registerEnumType(AccessChangeKindEnum, {
  name: 'AccessChangeKind',
  description: 'Which way access between two endpoints changed.',
  valuesMap: {
    OPENED: { description: 'Traffic is newly allowed, and none was closed.' },
    CLOSED: { description: 'Traffic is no longer allowed, and none was opened.' },
    ALTERED: { description: 'Some traffic was opened, other traffic closed.' },
  },
});

/** Which way an object changed. */
export const ObjectChangeKindEnum = {
  ADDED: 'ADDED',
  REMOVED: 'REMOVED',
  CHANGED: 'CHANGED',
} as const satisfies Record<ObjectChange['change'], ObjectChange['change']>;

registerEnumType(ObjectChangeKindEnum, {
  name: 'ObjectChangeKind',
  description: 'Which way an object changed.',
  valuesMap: {
    ADDED: { description: 'The head has it, the base does not.' },
    REMOVED: { description: 'The base has it, the head does not.' },
    CHANGED: { description: 'Both have it, with differences that matter to the analysis.' },
  },
});

/** Kinds of object that a diff compares. */
export const ChangedObjectKindEnum = {
  NAMESPACE: 'NAMESPACE',
  WORKLOAD: 'WORKLOAD',
  POD: 'POD',
  POLICY: 'POLICY',
  NODE: 'NODE',
} as const satisfies Record<ChangedObjectKind, ChangedObjectKind>;

registerEnumType(ChangedObjectKindEnum, {
  name: 'ChangedObjectKind',
  description: 'Kinds of object that a diff compares.',
  valuesMap: {
    NAMESPACE: {
      description: 'A namespace: its labels, whether it is declared, or whether it is there.',
    },
    WORKLOAD: {
      description: 'A workload: labels, ports or host network of its pods, or whether it is there.',
    },
    POD: {
      description:
        'A pod: its labels, ports, addresses, host network, node or end, or whether it is there.',
    },
    POLICY: { description: 'A policy: its labels or spec, or whether it is there.' },
    NODE: {
      description: 'A node of the cluster: its addresses or labels, or whether it is there.',
    },
  },
});
