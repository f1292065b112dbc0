import { type Cidr, compareWords, formatCidr, maskCidr } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { readCidr } from './cidr.js';
import type { Findings } from './findings.js';
import { listAt, mapAt } from './shape.js';
import { rejectUnknown } from './unknown-fields.js';

/** An `ipBlock` with canonical networks. */
export interface IpBlockManifest {
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Reads an `ipBlock`; null when it is missing. */
export function readIpBlock(
  value: unknown,
  path: Path,
  findings: Findings,
): IpBlockManifest | null {
  const fields = mapAt(value, path, findings);
  if (fields === null) return null;
  rejectUnknown(fields, ['cidr', 'except'], path, findings);
  const cidr = readCidr(fields.cidr, [...path, 'cidr'], findings);
  const exceptions = listAt(fields.except, [...path, 'except'], findings) ?? [];
  const except = exceptions.map((entry, i) => {
    const at = [...path, 'except', i];
    const network = readCidr(entry, at, findings);
    if (cidr !== null && network !== null && !isInside(network, cidr)) {
      findings.reject(at, `must lie inside ${formatCidr(cidr)} and be smaller`);
    }
    return network;
  });
  return {
    cidr: cidr === null ? '' : formatCidr(cidr),
    except: except.flatMap((network) => (network === null ? [] : [formatCidr(network)])),
  };
}

function isInside(inner: Cidr, outer: Cidr): boolean {
  if (inner.family !== outer.family || inner.prefix <= outer.prefix) return false;
  return compareWords(maskCidr({ ...inner, prefix: outer.prefix }).words, outer.words) === 0;
}
