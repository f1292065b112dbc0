import { isLabelKey, isLabelValue } from '@portolan/model';
import type { NewCluster } from '@portolan/store';
import { TEXT_LIMITS } from '@portolan/store';
import type { UserError } from '../errors/user-error.js';
import type { CreateClusterInput } from './create-cluster.input.js';

const SLUG = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const MAX_LABELS = 64;

/** A cluster as it can be stored, or everything that is wrong with it. */
export function readNewCluster(
  input: Pick<CreateClusterInput, 'slug' | 'name' | 'labels'>,
): NewCluster | readonly UserError[] {
  const { slug } = input;
  const name = (input.name ?? '').trim() || slug;
  const labels = input.labels ?? {};
  const errors: UserError[] = [];
  if (!SLUG.test(slug)) {
    errors.push(invalid('slug', 'A slug is 1 to 63 of a-z, 0-9 and -, and has no - at either end'));
  }
  if (name.length > TEXT_LIMITS.name) {
    errors.push(invalid('name', `A name has at most ${TEXT_LIMITS.name} characters`));
  }
  const problem = isLabels(labels) ? problemOfLabels(labels) : 'Labels are a map of texts';
  if (problem !== null) errors.push(invalid('labels', problem));
  return errors.length > 0 || !isLabels(labels) ? errors : { slug, name, labels };
}

function isLabels(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === 'string')
  );
}

function problemOfLabels(labels: Readonly<Record<string, string>>): string | null {
  const entries = Object.entries(labels);
  if (entries.length > MAX_LABELS) return `At most ${MAX_LABELS} labels`;
  const bad = entries.find(([key, value]) => !isLabelKey(key) || !isLabelValue(value));
  return bad === undefined
    ? null
    : `"${bad[0].slice(0, 80)}" is not a label as Kubernetes takes it`;
}

function invalid(field: string, message: string): UserError {
  return { code: 'INVALID', message, field: ['input', field] };
}
