import type { FindingsReport } from '@portolan/report';

const FORMAT = 'portolan.baseline/v1';

/** Characters that a baseline may have: about 400,000 fingerprints. */
const MAX_LENGTH = 32 * 1024 * 1024;

/** Fingerprints that a report names, those of every object; it has to be made with all of them. */
export function fingerprintsOf({ findings }: Pick<FindingsReport, 'findings'>): string[] {
  const all = findings.flatMap(({ fingerprint, others }) => [
    fingerprint,
    ...others.map((other) => other.fingerprint),
  ]);
  return [...new Set(all)].sort();
}

/** The document of a baseline, one fingerprint a line, so that a change of it can be read. */
export function writeBaseline(fingerprints: readonly string[]): string {
  return `${JSON.stringify({ format: FORMAT, fingerprints }, null, 2)}\n`;
}

/** Reads a baseline; a text = what is wrong with it. */
export function readBaseline(text: string): ReadonlySet<string> | string {
  if (text.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return error instanceof Error ? error.message : 'is no JSON';
  }
  if (typeof value !== 'object' || value === null) return 'must be an object';
  const { format, fingerprints } = value as { format?: unknown; fingerprints?: unknown };
  if (format !== FORMAT) return `format must be ${FORMAT}`;
  const isList = Array.isArray(fingerprints) && fingerprints.every(isFingerprint);
  return isList ? new Set(fingerprints) : 'fingerprints must be a list of 64 hexadecimal digits';
}

function isFingerprint(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
