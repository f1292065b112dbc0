import { isLabelKey, isLabelValue } from '@portolan/model';
import { TEXT_LIMITS } from '@portolan/store';
import type { UserError } from '../errors/user-error.js';

const MAX_LABELS = 64;

/** Labels of a cluster. */
export type ClusterLabels = Readonly<Record<string, string>>;

/** A name for people; null, and an error, when it is too long. */
export function readClusterName(text: string, errors: UserError[]): string | null {
  const name = text.trim();
  if (name.length <= TEXT_LIMITS.name) return name;
  errors.push(invalidField('name', `A name has at most ${TEXT_LIMITS.name} characters`));
  return null;
}

/** Labels as Kubernetes takes them; null, and an error, when they are none. */
export function readClusterLabels(value: unknown, errors: UserError[]): ClusterLabels | null {
  const problem = isLabels(value) ? problemOfLabels(value) : 'Labels are a map of texts';
  if (problem !== null) errors.push(invalidField('labels', problem));
  return problem === null ? (value as ClusterLabels) : null;
}

/** A mistake in a field of the input. */
export function invalidField(field: string, message: string): UserError {
  return { code: 'INVALID', message, field: ['input', field] };
}

function isLabels(value: unknown): value is ClusterLabels {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}

function problemOfLabels(labels: ClusterLabels): string | null {
  const entries = Object.entries(labels);
  if (entries.length > MAX_LABELS) return `At most ${MAX_LABELS} labels`;
  const bad = entries.find(([key, value]) => !isLabelKey(key) || !isLabelValue(value));
  return bad === undefined
    ? null
    : `"${bad[0].slice(0, 80)}" is not a label as Kubernetes takes it`;
}
