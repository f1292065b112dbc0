import type { NewCluster } from '@portolan/store';
import type { UserError } from '../errors/user-error.js';
import { readProfileChanges, settingsOf } from '../profile-settings/read-profile-changes.js';
import { invalidField, readClusterLabels, readClusterName } from './cluster-fields.js';
import type { CreateClusterInput } from './create-cluster.input.js';

const SLUG = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What a cluster is made of. */
export type NewClusterInput = Pick<CreateClusterInput, 'slug' | 'name' | 'labels' | 'profile'>;

/** A cluster as it can be stored, or everything that is wrong with it. */
export function readNewCluster(input: NewClusterInput): NewCluster | readonly UserError[] {
  const { slug } = input;
  const errors: UserError[] = [];
  if (!SLUG.test(slug)) {
    const message = 'A slug is 1 to 63 of a-z, 0-9 and -, and has no - at either end';
    errors.push(invalidField('slug', message));
  }
  const name = readClusterName(input.name ?? '', errors);
  const labels = readClusterLabels(input.labels ?? {}, errors);
  const profile = readProfileChanges(input.profile);
  errors.push(...profile.errors);
  if (errors.length > 0 || name === null || labels === null) return errors;
  return { slug, name: name || slug, labels, profile: settingsOf(profile.changes) };
}
