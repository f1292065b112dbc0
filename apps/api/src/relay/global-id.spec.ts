import { describe, expect, it } from 'vitest';
import { decodeGlobalId, encodeGlobalId, type GlobalId } from './global-id.js';

const UUID = '0b8e62a2-8f5c-4a63-9d0f-3a3f1f1f7c11';

describe('global ids', () => {
  const ids: GlobalId[] = [
    { type: 'Cluster', uuid: UUID },
    { type: 'Snapshot', uuid: UUID },
    { type: 'Workload', snapshot: UUID, index: 0 },
    { type: 'Policy', snapshot: UUID, index: 74_999 },
  ];

  it.each(ids)('come back as they went: $type', (id) => {
    expect(decodeGlobalId(encodeGlobalId(id))).toEqual(id);
  });

  const foreign = [
    '',
    'Cluster:1',
    Buffer.from('Cluster:1').toString('base64url'),
    Buffer.from(`Service:${UUID}`).toString('base64url'),
    Buffer.from(`Workload:${UUID}`).toString('base64url'),
    Buffer.from(`Workload:${UUID}:-1`).toString('base64url'),
    Buffer.from(`Snapshot:${UUID}:3`).toString('base64url'),
    Buffer.from(`Snapshot:${UUID.toUpperCase()}`).toString('base64url'),
    'x'.repeat(5000),
  ];

  it.each(foreign)('are refused when they are not ours: %s', (text) => {
    expect(decodeGlobalId(text)).toBeNull();
  });
});
