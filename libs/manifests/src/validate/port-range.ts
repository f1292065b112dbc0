import type { Path } from '../documents/line-map.js';
import type { Findings } from './findings.js';
import { readPortNumber } from './ports.js';
import type { Fields } from './shape.js';

/** Ports from `start` to `end`, both included. */
export interface PortRangeManifest {
  readonly start: number;
  readonly end: number;
}

/** Reads `start` and `end` of a range of ports, `end` being larger by at least `apart`. Null when one of them is no port. */
export function readPortRange(
  fields: Fields,
  apart: 0 | 1,
  path: Path,
  findings: Findings,
): PortRangeManifest | null {
  const start = readPortNumber(fields.start, [...path, 'start'], findings);
  const end = readPortNumber(fields.end, [...path, 'end'], findings);
  if (start === null || end === null) return null;
  if (end < start + apart) {
    const relation = apart === 0 ? 'not be smaller' : 'be larger';
    findings.reject([...path, 'end'], `must ${relation} than start (${String(start)})`);
  }
  return { start, end };
}
