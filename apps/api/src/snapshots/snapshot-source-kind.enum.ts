import { registerEnumType } from '@nestjs/graphql';

/** The kinds that there are snapshots of. */
export const SnapshotSourceKindEnum = { UPLOAD: 'UPLOAD' } as const;

registerEnumType(SnapshotSourceKindEnum, {
  name: 'SnapshotSourceKind',
  description: 'By which way manifests came.',
  valuesMap: { UPLOAD: { description: 'Manifests that somebody sent.' } },
});
