import { readCidrList } from './cidr.js';
import type { Findings } from './findings.js';
import { type Fields, mapAt } from './shape.js';

/** Reads the networks of a ServiceCIDR (`networking.k8s.io/v1`), canonical. */
export function readServiceCidrs(object: Fields, findings: Findings): readonly string[] {
  const spec = mapAt(object.spec, ['spec'], findings) ?? {};
  return readCidrList(spec.cidrs, ['spec', 'cidrs'], findings);
}
