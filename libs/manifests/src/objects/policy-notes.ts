import { type Direction, DIRECTIONS, type PolicyNote } from '@portolan/model';
import { type Fields, isMap } from '../validate/shape.js';
import type { PolicyManifest, PolicyType } from '../validate/network-policy.js';

const WRITTEN: Readonly<
  Record<Direction, { readonly type: PolicyType; readonly key: 'ingress' | 'egress' }>
> = {
  INGRESS: { type: 'Ingress', key: 'ingress' },
  EGRESS: { type: 'Egress', key: 'egress' },
};

/** What a NetworkPolicy says as it is written, before defaults are filled in. */
export function policyNotes(object: Fields, manifest: PolicyManifest): PolicyNote[] {
  const spec = isMap(object.spec) ? object.spec : {};
  const notes: PolicyNote[] = [];
  if (manifest.policyTypes.length === 0) {
    notes.push({ code: 'POLICY_TYPES_ABSENT' });
    if (Object.hasOwn(spec, 'egress') && manifest.egress.length === 0)
      notes.push({ code: 'EMPTY_EGRESS' });
  }
  const isExported = isFromServer(object);
  for (const direction of DIRECTIONS) {
    const { type, key } = WRITTEN[direction];
    if (!isExported && manifest.policyTypes.includes(type) && !Object.hasOwn(spec, key))
      notes.push({ code: 'RULES_ABSENT', direction });
    for (const [rule, { ports }] of manifest[key].entries())
      for (const [port, { protocol }] of ports.entries())
        if (protocol === null) notes.push({ code: 'PROTOCOL_OMITTED', direction, rule, port });
  }
  return notes;
}

/** Whether an API server wrote the object: it leaves out empty lists, however they were written. */
function isFromServer({ metadata }: Fields): boolean {
  if (!isMap(metadata)) return false;
  return metadata.uid !== undefined || metadata.resourceVersion !== undefined;
}
