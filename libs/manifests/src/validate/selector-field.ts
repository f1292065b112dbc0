import type { LabelSelector } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { Findings } from './findings.js';
import { readLabelSelector } from './label-selector.js';

/** A label selector of a file that is no manifest, or everything that is wrong with it. */
export type SelectorField =
  | { readonly ok: true; readonly selector: LabelSelector }
  | {
      readonly ok: false;
      readonly faults: readonly { readonly path: Path; readonly message: string }[];
    };

/** Reads a label selector as manifests have it; `path` leads to it. Null is none. */
export function readSelectorField(value: unknown, path: Path): SelectorField {
  const findings = new Findings();
  const selector = readLabelSelector(value, path, findings);
  if (selector !== null && !findings.isRejected) return { ok: true, selector };
  const { list } = findings;
  return { ok: false, faults: list.length > 0 ? list : [{ path, message: 'must be a map' }] };
}
