import { registerEnumType } from '@nestjs/graphql';

/** The kinds that there are snapshots of. */
export const SnapshotSourceKindEnum = { UPLOAD: 'UPLOAD' } as const;

registerEnumType(SnapshotSourceKindEnum, {
  name: 'SnapshotSourceKind',
  description: 'Kind of source.',
  valuesMap: { UPLOAD: { description: 'Manifests that somebody sent.' } },
});
