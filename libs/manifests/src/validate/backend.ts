import type { Path } from '../documents/line-map.js';
import { type Findings, quoted } from './findings.js';
import { faultInLabelName } from './names.js';
import { textAt } from './shape.js';

/** Where a route sends traffic, as written. */
export interface BackendManifest {
  /** Null = the namespace of the route. */
  readonly namespace: string | null;
  /** Null = no Service. */
  readonly service: string | null;
  readonly port: number | string | null;
}

/** Reads the required name of a Service, Gateway or namespace that an object refers to. */
export function readReferredName(value: unknown, path: Path, findings: Findings): string {
  const name = textAt(value, path, findings) ?? '';
  const fault = name === '' ? 'is required' : faultInLabelName(name);
  if (fault !== null) findings.reject(path, name === '' ? fault : `${quoted(name)} ${fault}`);
  return name;
}

/** As `readReferredName`, null when it is missing. */
export function readOptionalName(value: unknown, path: Path, findings: Findings): string | null {
  const isMissing = value === undefined || value === null || value === '';
  return isMissing ? null : readReferredName(value, path, findings);
}

/** Says that a backend is not followed, which answers then cannot know of. */
export function noteUnfollowed(what: string, path: Path, findings: Findings): BackendManifest {
  const message = `${what} is no Service: where it leads is not followed`;
  findings.note(path, message, 'UNFOLLOWED_BACKEND');
  return { namespace: null, service: null, port: null };
}
