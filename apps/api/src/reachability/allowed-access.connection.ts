import type { Connection } from '../relay/connection.js';
import { connectionType } from '../relay/connection.model.js';
import { AllowedAccessModel } from './allowed-access.model.js';
import type { CaveatModel } from '../caveats/caveat.model.js';

/** A page of access rows. */
export const AllowedAccessConnection = connectionType<AllowedAccessModel>(
  'AllowedAccess',
  () => AllowedAccessModel,
);

/** A page of access rows, and what the answer as a whole rests on. */
export interface AccessConnection extends Connection<AllowedAccessModel> {
  readonly caveats: readonly CaveatModel[];
}
