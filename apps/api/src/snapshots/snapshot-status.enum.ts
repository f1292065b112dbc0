import { registerEnumType } from '@nestjs/graphql';

/** A snapshot is stored as a whole or not at all, so what can be found is ready. */
export const SnapshotStatusEnum = { READY: 'READY' } as const;

registerEnumType(SnapshotStatusEnum, {
  name: 'SnapshotStatus',
  description: 'Whether questions can be asked of a snapshot.',
  valuesMap: { READY: { description: 'Stored as a whole; questions can be asked.' } },
});
