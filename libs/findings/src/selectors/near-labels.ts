import {
  type LabelSelector,
  type Labels,
  matchesSelector,
  normalizeSelector,
  type Requirement,
} from '@portolan/model';
import { isTypingError } from './typing-error.js';

/** Something that a selector fits but for one label. */
export interface Candidate {
  /** For people: `Deployment web`. */
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** A label that was probably meant by a requirement. */
export interface NearLabel {
  readonly wanted: Requirement;
  readonly key: string;
  readonly value: string;
  /** The first that has it. */
  readonly object: string;
  /** The selector as it was probably meant. */
  readonly corrected: LabelSelector;
}

/** Keys that all say what something is called. */
const NAMING_KEYS = new Set([
  'app',
  'name',
  'run',
  'k8s-app',
  'service',
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'io.kompose.service',
]);

/** Values that mean nothing without their key. */
const MEANINGLESS =
  /^(?:true|false|yes|no|on|off|enabled?|disabled?|default|none|any|all|[\d.v]*)$/i;

/** Candidates that are looked at, at most: in a wide scope something is always near. */
const MOST_CANDIDATES = 10_000;

/**
 * Labels that miss a selector by a typing error, or have its value under another key; each once. `isInUse`: whether
 * somebody somewhere satisfies a requirement, so that it is no error.
 */
export function nearLabels(
  selector: LabelSelector,
  candidates: Iterable<Candidate>,
  isInUse: (requirement: Requirement) => boolean,
): NearLabel[] {
  const found = new Map<string, NearLabel>();
  const doubtful = selector
    .filter((requirement) => requirement.operator === 'In' && !isInUse(requirement))
    .map((wanted) => ({ wanted, others: selector.filter((one) => one !== wanted) }));
  if (doubtful.length === 0) return [];
  let looked = 0;
  for (const { name, labels } of candidates) {
    if (++looked > MOST_CANDIDATES) break;
    for (const { wanted, others } of doubtful) {
      const near = nearLabel(wanted, labels);
      if (near === null || !matchesSelector(labels, others)) continue;
      const id = `${wanted.key} ${near.key}=${near.value}`;
      if (found.has(id)) continue;
      const corrected = normalizeSelector([...others, correct(wanted, near)]);
      found.set(id, { wanted, key: near.key, value: near.value, object: name, corrected });
    }
  }
  return [...found.values()];
}

interface Near {
  readonly key: string;
  readonly value: string;
  /** The value that was written instead. */
  readonly instead: string;
}

function nearLabel({ key, values }: Requirement, labels: ReadonlyMap<string, string>): Near | null {
  const has = labels.get(key);
  if (has !== undefined) {
    const instead = values.find((value) => isTypingError(value, has));
    if (instead !== undefined) return { key, value: has, instead };
  }
  for (const [other, value] of labels)
    if (values.includes(value) && !MEANINGLESS.test(value) && areAlike(key, other))
      return { key: other, value, instead: value };
  return null;
}

function areAlike(key: string, other: string): boolean {
  if (key === other) return false;
  if (NAMING_KEYS.has(key) && NAMING_KEYS.has(other)) return true;
  return lastPart(key) === lastPart(other) || isTypingError(key, other);
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** Under another key only that value can be meant. */
function correct({ key, operator, values }: Requirement, near: Near): Requirement {
  if (near.key !== key) return { key: near.key, operator, values: [near.value] };
  return { key, operator, values: values.map((one) => (one === near.instead ? near.value : one)) };
}

/** Labels as a candidate has them. */
export function labelMap(labels: Labels): ReadonlyMap<string, string> {
  return new Map(Object.entries(labels));
}
