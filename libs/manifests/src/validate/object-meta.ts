import type { Labels } from '@portolan/model';
import type { Path } from '../documents/line-map.js';
import { type Findings, quoted } from './findings.js';
import { faultInLabelKey, faultInLabelName, faultInLabelValue } from './names.js';
import { booleanAt, type Fields, labelTextAt, listAt, mapAt, textAt } from './shape.js';

/** What the analysis keeps of `metadata`. */
export interface ObjectMeta {
  readonly name: string;
  /** Null when missing. */
  readonly namespace: string | null;
  readonly labels: Labels;
  readonly owner: OwnerReference | null;
}

/** The controller that manages an object. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

/** Reads `metadata`. `faultInName` is the rule for names of this kind. */
export function readObjectMeta(
  object: Fields,
  faultInName: (name: string) => string | null,
  findings: Findings,
): ObjectMeta {
  const meta = mapAt(object.metadata, ['metadata'], findings) ?? {};
  return {
    name: readName(meta, faultInName, findings),
    namespace: readNamespace(meta, findings),
    labels: readLabels(meta.labels, ['metadata', 'labels'], findings),
    owner: readOwner(meta, findings),
  };
}

/** Reads labels: keys and values of the syntax that selectors can match. The map itself, when all of it is text. */
export function readLabels(value: unknown, path: Path, findings: Findings): Labels {
  const map = mapAt(value, path, findings) ?? {};
  const labels: Record<string, string> = {};
  let isText = true;
  for (const [key, raw] of Object.entries(map)) {
    const text = typeof raw === 'string' ? raw : (labelTextAt(raw, [...path, key], findings) ?? '');
    const keyFault = faultInLabelKey(key);
    if (keyFault !== null) findings.reject([...path, key], `label key: ${keyFault}`);
    const valueFault = faultInLabelValue(text);
    if (valueFault !== null) {
      findings.reject([...path, key], `label value ${quoted(text)}: ${valueFault}`);
    }
    labels[key] = text;
    isText &&= text === raw;
  }
  return isText ? (map as Labels) : labels;
}

function readName(
  meta: Fields,
  faultInName: (name: string) => string | null,
  findings: Findings,
): string {
  const path = ['metadata', 'name'];
  const name = textAt(meta.name, path, findings);
  if (name === null || name === '') {
    findings.reject(path, 'is required (generateName is not enough to tell objects apart)');
    return '';
  }
  const fault = faultInName(name);
  if (fault !== null) findings.reject(path, `${quoted(name)} ${fault}`);
  return name;
}

function readNamespace(meta: Fields, findings: Findings): string | null {
  const path = ['metadata', 'namespace'];
  const namespace = textAt(meta.namespace, path, findings);
  if (namespace === null || namespace === '') return null;
  const fault = faultInLabelName(namespace);
  if (fault !== null) findings.reject(path, `${quoted(namespace)} ${fault}`);
  return namespace;
}

function readOwner(meta: Fields, findings: Findings): OwnerReference | null {
  const path = ['metadata', 'ownerReferences'];
  const references = listAt(meta.ownerReferences, path, findings) ?? [];
  for (const [i, value] of references.entries()) {
    const at = [...path, i];
    const reference = mapAt(value, at, findings) ?? {};
    if (booleanAt(reference.controller, [...at, 'controller'], findings) !== true) continue;
    const apiVersion = textAt(reference.apiVersion, [...at, 'apiVersion'], findings);
    const kind = textAt(reference.kind, [...at, 'kind'], findings);
    const name = textAt(reference.name, [...at, 'name'], findings);
    if (apiVersion !== null && kind !== null && name !== null) return { apiVersion, kind, name };
    findings.reject(at, 'needs apiVersion, kind and name');
  }
  return null;
}
