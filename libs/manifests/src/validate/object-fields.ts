import type { Findings } from './findings.js';
import { type Fields, isMap } from './shape.js';
import type { UnknownFields } from './unknown-fields.js';

const OBJECT_FIELDS = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
const META_FIELDS = [
  ...['name', 'generateName', 'namespace', 'labels', 'annotations', 'ownerReferences'],
  ...['finalizers', 'managedFields', 'uid', 'resourceVersion', 'generation', 'selfLink'],
  ...['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'clusterName'],
];

/** Looks for unknown fields of an object and of its `metadata`: what every kind of policy has outside of its `spec`. */
export function checkObjectFields(
  object: Fields,
  onUnknown: UnknownFields,
  findings: Findings,
): void {
  onUnknown(object, OBJECT_FIELDS, [], findings);
  if (isMap(object.metadata)) onUnknown(object.metadata, META_FIELDS, ['metadata'], findings);
}
