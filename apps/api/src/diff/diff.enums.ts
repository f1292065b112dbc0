import { registerEnumType } from '@nestjs/graphql';
import type { AccessChangeKind, ChangedObjectKind, ObjectChange } from '@portolan/model';

export const AccessChangeKindEnum = {
  OPENED: 'OPENED',
  CLOSED: 'CLOSED',
  ALTERED: 'ALTERED',
} as const satisfies Record<AccessChangeKind, AccessChangeKind>;

registerEnumType(AccessChangeKindEnum, {
  name: 'AccessChangeKind',
  description: 'Kind of access change.',
  valuesMap: {
    OPENED: { description: 'Traffic is newly allowed, and none was closed.' },
    CLOSED: { description: 'Traffic is no longer allowed, and none was opened.' },
    ALTERED: { description: 'Some traffic was opened, other traffic closed.' },
  },
});

export const ObjectChangeKindEnum = {
  ADDED: 'ADDED',
  REMOVED: 'REMOVED',
  CHANGED: 'CHANGED',
} as const satisfies Record<ObjectChange['change'], ObjectChange['change']>;

registerEnumType(ObjectChangeKindEnum, {
  name: 'ObjectChangeKind',
  description: 'Kind of object change.',
  valuesMap: {
    ADDED: { description: 'Only in the head.' },
    REMOVED: { description: 'Only in the base.' },
    CHANGED: { description: 'In both, and different.' },
  },
});

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
    NAMESPACE: { description: 'Namespace.' },
    WORKLOAD: { description: 'Workload.' },
    POD: { description: 'Pod.' },
    POLICY: { description: 'Policy.' },
    NODE: { description: 'Node of the cluster.' },
  },
});
