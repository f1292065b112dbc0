import { type Cidr, compareWords, formatCidr, maskCidr } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { readNetwork } from './addresses.js';
import { type Findings, quoted } from './findings.js';
import { listAt, textAt } from './shape.js';

/** Reads a required CIDR; host bits are masked, with a note. Null when it is none. */
export function readCidr(value: unknown, path: Path, findings: Findings): Cidr | null {
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

/** Reads a list of CIDRs, canonical; those that are none are left out, and rejected. */
export function readCidrList(value: unknown, path: Path, findings: Findings): string[] {
  return (listAt(value, path, findings) ?? []).flatMap((text, i) => {
    const cidr = readCidr(text, [...path, i], findings);
    return cidr === null ? [] : [formatCidr(cidr)];
  });
}
