import type { ClusterChanges } from '@portolan/store';
import type { UserError } from '../errors/user-error.js';
import { readProfileChanges } from '../profile-settings/read-profile-changes.js';
import { isGiven } from '../schema/is-given.js';
import { invalidField, readClusterLabels, readClusterName } from './cluster-fields.js';
import type { UpdateClusterInput } from './update-cluster.input.js';

/** What is to be changed of a cluster, or everything that is wrong with it. */
export function readClusterChanges(
  input: Pick<UpdateClusterInput, 'name' | 'labels' | 'profile'>,
): ClusterChanges | readonly UserError[] {
  const errors: UserError[] = [];
  const name = isGiven(input.name) ? readClusterName(input.name, errors) : null;
  if (name === '') errors.push(invalidField('name', 'A name is not empty'));
  const labels = isGiven(input.labels) ? readClusterLabels(input.labels, errors) : null;
  const profile = readProfileChanges(input.profile);
  errors.push(...profile.errors);
  if (errors.length > 0) return errors;
  return {
    ...(name === null ? {} : { name }),
    ...(labels === null ? {} : { labels }),
    profile: profile.changes,
  };
}
