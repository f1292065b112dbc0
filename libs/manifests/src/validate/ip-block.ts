import { type Cidr, compareWords, formatCidr, maskCidr } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { readNetwork } from './addresses.js';
import { type Findings, quoted } from './findings.js';
import { listAt, mapAt, textAt } from './shape.js';
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

function readCidr(value: unknown, path: Path, findings: Findings): Cidr | null {
  const text = textAt(value, path, findings);
  if (text === null || text === '') {
    findings.reject(path, 'is required');
    return null;
  }
  const network = readNetwork(text);
  if (network === null) {
    findings.reject(path, `${quoted(text)} is not a CIDR like 10.0.0.0/8 or fd00::/8`);
    return null;
  }
  const masked = maskCidr(network);
  if (compareWords(network.words, masked.words) !== 0) {
    const message = `host bits are set; it is read as ${formatCidr(masked)}`;
    findings.note(path, message, 'CIDR_HOST_BITS');
  }
  return masked;
}

function isInside(inner: Cidr, outer: Cidr): boolean {
  if (inner.family !== outer.family || inner.prefix <= outer.prefix) return false;
  return compareWords(maskCidr({ ...inner, prefix: outer.prefix }).words, outer.words) === 0;
}
